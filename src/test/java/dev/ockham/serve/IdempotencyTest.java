package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.policy.Caller;
import dev.ockham.serve.Idempotency.Claim;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same request sent again, or many times at once, is one call and one charge. */
final class IdempotencyTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @TempDir private Path folder = Path.of("");

  @Test
  void the_same_request_again_gets_the_same_answer_and_is_charged_once() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      HttpResponse<String> first = ask(gateway, "k-1", HttpCalls.openAiAsk("gpt"));
      HttpResponse<String> again = ask(gateway, "k-1", HttpCalls.openAiAsk("gpt"));

      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(HttpCalls.requestId(again)).isEqualTo(HttpCalls.requestId(first));
      assertThat(HttpCalls.header(first, "idempotent-replayed")).isEmpty();
      assertThat(HttpCalls.header(again, "idempotent-replayed")).isEqualTo("true");
      assertThat(upstream.received()).hasSize(1);
      assertThat(requests(gateway)).isEqualTo(1);
    }
  }

  @Test
  void a_stream_is_told_again_byte_for_byte() {
    try (var upstream =
            ScriptedUpstream.start(
                request -> Reply.stream(OpenAiReplies.textEvents("One two three", 11, 7)));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      HttpResponse<String> first = ask(gateway, "k-1", HttpCalls.openAiStream("gpt"));
      HttpResponse<String> again = ask(gateway, "k-1", HttpCalls.openAiStream("gpt"));

      assertThat(first.body()).contains("One").endsWith("data: [DONE]\n\n");
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(HttpCalls.header(again, "content-type")).startsWith("text/event-stream");
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void another_request_with_the_key_is_refused() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      ask(gateway, "k-1", HttpCalls.openAiAsk("gpt"));

      HttpResponse<String> other =
          ask(gateway, "k-1", HttpCalls.openAiAsk("gpt").replace("Hello", "Bye"));

      assertThat(other.statusCode()).isEqualTo(422);
      assertThat(other.body()).contains("idempotency_key_reused");
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void a_hundred_at_once_make_one_call() throws Exception {
    var gate = new CountDownLatch(1);
    String reply = OpenAiReplies.textBody("Hi", 11, 7);
    try (var upstream =
            ScriptedUpstream.start(request ->
                new Reply(List.of()).await(gate).then(Reply.json(200, reply).steps().getFirst()));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Callable<HttpResponse<String>> call = () -> ask(gateway, "k-1", HttpCalls.openAiAsk("gpt"));
        answers.add(clients.submit(call));
      }
      upstream.awaitRequests(1, DEADLINE);
      gate.countDown();

      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo(answers.getFirst().get().body());
      }
      assertThat(upstream.received()).hasSize(1);
      assertThat(requests(gateway)).isEqualTo(1);
    }
  }

  @Test
  void a_call_that_failed_may_be_tried_again_with_its_key() {
    var calls = new AtomicInteger();
    String reply = OpenAiReplies.textBody("Hi", 11, 7);
    try (var upstream =
            ScriptedUpstream.start(request ->
                calls.getAndIncrement() == 0
                    ? Reply.json(400, "{\"error\":{\"message\":\"no\"}}")
                    : Reply.json(200, reply));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      assertThat(ask(gateway, "k-1", HttpCalls.openAiAsk("gpt")).statusCode()).isEqualTo(400);
      assertThat(ask(gateway, "k-1", HttpCalls.openAiAsk("gpt")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_stream_that_broke_is_not_an_answer_to_keep() {
    var calls = new AtomicInteger();
    List<String> events = OpenAiReplies.textEvents("One two three", 11, 7);
    try (var upstream =
            ScriptedUpstream.start(request ->
                calls.getAndIncrement() == 0
                    ? Reply.streamHead().chunks(events.subList(0, 2)).endChunks()
                    : Reply.stream(events));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      assertThat(ask(gateway, "k-1", HttpCalls.openAiStream("gpt")).body()).contains("error");
      assertThat(ask(gateway, "k-1", HttpCalls.openAiStream("gpt")).body())
          .endsWith("data: [DONE]\n\n");
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void the_call_of_a_client_that_hung_up_goes_on_and_is_there_when_it_asks_again()
      throws IOException {
    var gate = new CountDownLatch(1);
    List<String> events = OpenAiReplies.textEvents("One two three", 11, 7);
    Reply slow =
        Reply.streamHead()
            .chunks(events.subList(0, 2))
            .await(gate)
            .chunks(events.subList(2, events.size()))
            .endChunks();
    try (var upstream = ScriptedUpstream.start(request -> slow);
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      String body = HttpCalls.openAiStream("gpt");
      var client = new RawClient(gateway.port());
      client.head(
          "POST " + CHAT + " HTTP/1.1",
          "Host: ockham",
          "Authorization: Bearer " + gateway.clientKey(),
          "Content-Type: application/json",
          "Idempotency-Key: k-1",
          "Content-Length: " + body.length());
      client.send(body);
      client.readUntil("One");
      client.reset();
      gate.countDown();
      Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);

      HttpResponse<String> again = ask(gateway, "k-1", body);

      assertThat(again.body()).contains("One").endsWith("data: [DONE]\n\n");
      assertThat(HttpCalls.header(again, "idempotent-replayed")).isEqualTo("true");
      assertThat(upstream.received()).hasSize(1);
    }
  }

  @Test
  void keys_of_two_callers_are_two_keys() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      String other = RunningGateway.key(gateway.store(), "other", Caller.Role.CLIENT);
      ask(gateway, "k-1", HttpCalls.openAiAsk("gpt"));

      HttpResponse<String> answer =
          HttpCalls.send(
              HttpCalls.request(gateway, CHAT)
                  .header("authorization", "Bearer " + other)
                  .header("idempotency-key", "k-1")
                  .POST(BodyPublishers.ofString(HttpCalls.openAiAsk("gpt")))
                  .build());

      assertThat(HttpCalls.header(answer, "idempotent-replayed")).isEmpty();
      assertThat(upstream.received()).hasSize(2);
    }
  }

  @Test
  void answers_are_forgotten_after_a_day_and_the_oldest_first_where_memory_is_short() {
    var nanos = new AtomicLong();
    var kept = new Idempotency(nanos::get);
    for (int i = 0; i < 40; i++) {
      keep(kept, "k" + i, 4 << 20);
    }

    // 64 MiB hold fifteen answers of 4 MiB beside what each key weighs
    assertThat(kept.claim(key("k0"), "f")).isInstanceOf(Claim.Serve.class);
    assertThat(kept.claim(key("k25"), "f")).isInstanceOf(Claim.Replay.class);
    assertThat(kept.claim(key("k39"), "f")).isInstanceOf(Claim.Replay.class);

    nanos.addAndGet(Idempotency.KEPT.toNanos() + 1);
    assertThat(kept.claim(key("k39"), "f")).isInstanceOf(Claim.Serve.class);
    assertThat(kept.claim(key("k0"), "f")).isInstanceOf(Claim.Wait.class);
  }

  private static void keep(Idempotency kept, String name, int bytes) {
    assertThat(kept.claim(key(name), "f")).isInstanceOf(Claim.Serve.class);
    kept.keep(key(name), new Idempotency.KeptReply(200, List.of(), new byte[bytes]));
  }

  private static Idempotency.Key key(String value) {
    return new Idempotency.Key("key", "/", value);
  }

  private static long requests(RunningGateway gateway) {
    return HttpCalls.getJson(gateway, "/api/v1/summary").get("requests").asLong();
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String key, String body) {
    return HttpCalls.send(
        HttpCalls.request(gateway, CHAT)
            .header("authorization", "Bearer " + gateway.clientKey())
            .header("idempotency-key", key)
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
