package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.policy.Caller;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where memory runs short, new streams are turned away first, then requests, and nothing else. */
final class ShelterTest {
  private static final String CHAT = "/v1/chat/completions";

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request ->
          request.asksForStream()
              ? Reply.streamHead()
                  .chunks(OpenAiReplies.textEvents("One two", 11, 7).subList(0, 2))
                  .await(gate)
                  .chunks(OpenAiReplies.textEvents("One two", 11, 7).subList(2, 7))
                  .endChunks()
              : OpenAiReplies.text("Hello", 11, 7).reply(request));
  private volatile double load;
  private final Shelter shelter = new Shelter(() -> load);
  private Store store;
  private Server server;
  private String key;

  @BeforeEach
  void start() {
    store = RunningGateway.open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));
    var fleet = RunningGateway.fleet(RunningGateway.openAiModel("gpt", upstream));
    key = RunningGateway.key(store, "client", Caller.Role.CLIENT);
    server =
        RunningGateway.server(
            Server.start(
                RunningGateway.gateway(store, fleet),
                ServerSettings.at("127.0.0.1", 0, 1),
                shelter));
  }

  @AfterEach
  void stop() {
    gate.countDown();
    server.stop();
    store.close();
    upstream.close();
  }

  @Test
  void new_streams_are_refused_first_and_the_one_under_way_goes_on() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.post(CHAT, key, HttpCalls.openAiStream("gpt"));
      client.readUntil("One");

      under(0.9);

      HttpResponse<String> stream = ask(HttpCalls.openAiStream("gpt"));
      assertThat(stream.statusCode()).isEqualTo(503);
      assertThat(HttpCalls.header(stream, "retry-after")).isEqualTo("2");
      assertThat(stream.body()).contains("overloaded");
      assertThat(ask(HttpCalls.openAiAsk("gpt")).statusCode()).isEqualTo(200);
      gate.countDown();
      assertThat(client.readUntil("[DONE]\n\n")).contains("two");
    }
  }

  @Test
  void then_all_new_requests_are_refused_until_there_is_room_again() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.post(CHAT, key, HttpCalls.openAiStream("gpt"));
      client.readUntil("One");

      under(0.97);

      HttpResponse<String> refused = ask(HttpCalls.openAiAsk("gpt"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(HttpCalls.header(refused, "retry-after")).isEqualTo("2");
      under(0.5);
      assertThat(ask(HttpCalls.openAiAsk("gpt")).statusCode()).isEqualTo(200);
      gate.countDown();
      assertThat(client.readUntil("[DONE]\n\n")).contains("two");
      assertThat(shelter.shed()).isEqualTo(1);
    }
  }

  @Test
  void what_the_heap_holds_after_collections_is_part_of_it() {
    var own = Shelter.ofHeap();
    System.gc();
    own.measure();

    assertThat(own.load()).isPositive().isLessThan(1);
  }

  private void under(double newLoad) {
    load = newLoad;
    shelter.measure();
  }

  private HttpResponse<String> ask(String body) {
    return HttpCalls.send(
        HttpRequest.newBuilder(URI.create(server.url() + CHAT))
            .timeout(Duration.ofSeconds(20))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
