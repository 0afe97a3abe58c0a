package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.store.StoreSettings;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import dev.ockham.testing.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long requests are no burden for the others. */
final class HeavyRequestTest {
  private static final int MIB = 1 << 20;
  private static final String CHAT = "/v1/chat/completions";

  @TempDir Path folder;

  /** A translation asks the clock when it was made. */
  @ParameterizedTest
  @CsvSource({"300000,true", "1000,false"})
  void a_long_body_is_translated_beside_the_event_loop(int length, boolean elsewhere) {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    InstantSource clock =
        () -> {
          threads.add(Thread.currentThread().getName());
          return Clock.systemUTC().instant();
        };
    var store =
        RunningGateway.open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));
    try (var upstream = ScriptedUpstream.start(AnthropicReplies.text("Hello", 11, 7))) {
      var fleet = RunningGateway.fleet(RunningGateway.anthropicModel("claude", upstream));
      Gateway usual = RunningGateway.gateway(store, fleet);
      var watched =
          new Gateway(
              store,
              usual.fleet(),
              usual.keyring(),
              usual.conversations(),
              usual.reasoning(),
              clock,
              usual.nanos());
      try (var gateway = RunningGateway.start(watched, settings -> settings)) {
        String text = "x".repeat(length);
        var answer =
            HttpCalls.post(gateway, CHAT, HttpCalls.openAiAsk("claude").replace("Hello", text));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(upstream.lastReceived().text()).contains(text);
        assertThat(threads.stream().anyMatch(name -> name.startsWith("ockham-pool")))
            .isEqualTo(elsewhere);
      }
    }
  }

  /** What the first model sent would leave no room for what the second sends. */
  @Test
  void what_a_reply_held_that_nobody_will_see_is_free_for_the_model_that_answers_instead() {
    Reply whole = Reply.json(200, OpenAiReplies.textBody("x".repeat(MIB), 11, 7));
    Reply cut = whole.cutAfter(MIB, new Step.Close());
    try (var upstream =
            ScriptedUpstream.start(request -> request.text().contains("first") ? cut : whole);
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(MIB).withBodyBudget(2 * MIB),
                RunningGateway.openAiModel("first", upstream),
                RunningGateway.openAiModel("second", upstream))) {

      var answer = HttpCalls.post(gateway, CHAT, HttpCalls.openAiAsk("auto"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(answer, "x-ockham-model")).isEqualTo("second");
      assertThat(upstream.received()).hasSize(2);
    }
  }

  /** A proxy gathers many people's requests in one connection. */
  @Test
  void a_client_that_goes_on_sending_what_is_refused_loses_its_stream_and_no_other() {
    Vertx vertx = Vertx.vertx();
    var gate = new CountDownLatch(1);
    Reply slow =
        Reply.streamHead()
            .chunks(List.of(OpenAiReplies.textEvents("Hello", 11, 7).getFirst()))
            .await(gate)
            .chunks(OpenAiReplies.textEvents("Hello", 11, 7).subList(1, 5))
            .endChunks();
    try (var upstream = ScriptedUpstream.start(request -> slow);
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(MIB),
                RunningGateway.openAiModel("gpt", upstream))) {
      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      Future<String> patient =
          open(client, gateway)
              .compose(request -> request.send(Buffer.buffer(HttpCalls.openAiStream("gpt"))))
              .compose(response -> response.body())
              .map(Buffer::toString);
      upstream.awaitRequests(1, Duration.ofSeconds(10));

      Future<Void> endless =
          open(client, gateway)
              .compose(request -> {
                request.setChunked(true);
                return endless(request);
              });

      assertThat(endless.toCompletionStage().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10));
      gate.countDown();
      assertThat(patient.toCompletionStage().toCompletableFuture().join()).endsWith("[DONE]\n\n");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Future<Void> endless(HttpClientRequest request) {
    return request.write(Buffer.buffer(new byte[64 * 1024])).compose(sent -> endless(request));
  }

  private static Future<HttpClientRequest> open(HttpClient client, RunningGateway gateway) {
    return client
        .request(HttpMethod.POST, gateway.port(), "127.0.0.1", CHAT)
        .onSuccess(request -> request.putHeader("authorization", "Bearer " + gateway.clientKey()));
  }
}
