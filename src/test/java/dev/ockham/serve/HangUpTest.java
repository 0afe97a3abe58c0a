package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clients that leave: their tokens are no longer paid for, and those that were are booked once. */
final class HangUpTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int HANG_UPS = 200;

  @TempDir Path folder;

  @Test
  void a_client_that_leaves_in_the_middle_cancels_the_provider_and_pays_once() throws IOException {
    var events = OpenAiReplies.textEvents("One two three", 11, 7);
    Reply endless = Reply.streamHead().chunks(events.subList(0, 3)).stall();
    try (var upstream = ScriptedUpstream.start(request -> endless);
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      var client = new RawClient(gateway.port());
      client.post("/v1/chat/completions", gateway.clientKey(), HttpCalls.openAiStream("gpt"));
      String head = client.readUntil("One");

      client.reset();
      upstream.awaitOpenConnections(0, SECOND);

      Eventually.equal(0, () -> gateway.store().accounts().open(), SECOND);
      String path = "/api/v1/requests/" + idIn(head);
      // the record comes after the settlement
      Eventually.equal(
          200, () -> HttpCalls.get(gateway, path, gateway.adminKey()).statusCode(), SECOND);
      JsonNode request = HttpCalls.getJson(gateway, path);
      assertThat(request.get("status").asString()).isEqualTo("cancelled");
      assertThat(request.get("attempts")).hasSize(1);
      JsonNode attempt = request.get("attempts").get(0);
      assertThat(attempt.get("state").asString()).isEqualTo("settled_estimated");
      assertThat(attempt.get("basis").asString()).isEqualTo("estimated");
      assertThat(attempt.get("usage").get("output").asLong()).isPositive();
    }
  }

  @Test
  void a_client_that_leaves_before_the_first_byte_cancels_the_provider() throws IOException {
    try (var upstream = ScriptedUpstream.start(request -> new Reply(java.util.List.of()).stall());
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      var client = new RawClient(gateway.port());
      client.post("/v1/chat/completions", gateway.clientKey(), HttpCalls.openAiAsk("gpt"));
      upstream.awaitRequests(1, DEADLINE);

      client.close();
      upstream.awaitOpenConnections(0, SECOND);

      Eventually.equal(0, () -> gateway.store().accounts().open(), SECOND);
    }
  }

  @Test
  void two_hundred_hang_ups_at_random_bytes_leak_nothing() throws IOException {
    var script = OpenAiReplies.text("A quick brown fox jumps over the lazy dog", 11, 9);
    try (var upstream = ScriptedUpstream.start(script);
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      int whole = wholeReply(gateway);
      var random = new Random(20261122);
      for (int i = 0; i < HANG_UPS; i++) {
        boolean stream = random.nextBoolean();
        var client = new RawClient(gateway.port());
        client.post(
            "/v1/chat/completions",
            gateway.clientKey(),
            stream ? HttpCalls.openAiStream("gpt") : HttpCalls.openAiAsk("gpt"));
        client.read(random.nextInt(stream ? whole : 400));
        if (random.nextBoolean()) {
          client.reset();
        } else {
          client.close();
        }
      }

      Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
      JsonNode totals = HttpCalls.getJson(gateway, "/api/v1/summary");
      assertThat(totals.get("requests").asLong()).isEqualTo(HANG_UPS + 1);
      Eventually.equal(true, () -> everyAttemptEndedOnce(gateway), DEADLINE);
      // connections that stay are idle ones, which go by themselves
      upstream.awaitOpenConnections(0, DEADLINE);
    }
  }

  private static boolean everyAttemptEndedOnce(RunningGateway gateway) {
    for (JsonNode request :
        HttpCalls.getJson(gateway, "/api/v1/requests?limit=500").get("requests")) {
      JsonNode whole =
          HttpCalls.getJson(gateway, "/api/v1/requests/" + request.get("id").asString());
      for (JsonNode attempt : whole.get("attempts")) {
        String state = attempt.get("state").asString();
        if (state.equals("reserved") || state.equals("dispatched")) {
          return false;
        }
      }
    }
    return true;
  }

  private static int wholeReply(RunningGateway gateway) throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.post("/v1/chat/completions", gateway.clientKey(), HttpCalls.openAiStream("gpt"));
      return client.readUntil("\r\n0\r\n\r\n").length();
    }
  }

  private static String idIn(String head) {
    String name = "x-ockham-request-id: ";
    int from = head.indexOf(name) + name.length();
    return head.substring(from, head.indexOf('\r', from));
  }
}
