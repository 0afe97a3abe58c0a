package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.provider.Patience;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream in another dialect than its provider's comes as it is made. */
final class TranslatedStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> events = AnthropicReplies.textEvents("One two", 11, 7);
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request ->
          Reply.streamHead()
              .chunks(events.subList(0, 3))
              .await(gate)
              .chunks(events.subList(3, events.size()))
              .endChunks());
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        RunningGateway.start(
            folder,
            settings ->
                settings.withPatience(new Patience(LONG, LONG, LONG, Duration.ofMillis(50))),
            RunningGateway.anthropicModel("claude", upstream));
  }

  @AfterEach
  void stop() {
    gate.countDown();
    gateway.close();
    upstream.close();
  }

  @Test
  void every_event_reaches_the_client_before_the_provider_sends_the_next() throws IOException {
    try (var client = openAi()) {
      assertThat(client.readUntil("One")).contains("data: ");

      gate.countDown();

      assertThat(client.readUntil("[DONE]\n\n")).contains("two");
    }
  }

  @Test
  void a_client_whose_dialect_has_no_heartbeat_waits_in_silence_and_loses_nothing()
      throws IOException {
    try (var silent = new RawClient(gateway.port());
        var other = openAi()) {
      silent.post(
          "/model/claude/converse-stream",
          gateway.clientKey(),
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}");
      silent.readUntil("One");
      for (int beat = 0; beat < 4; beat++) {
        other.readUntil(": waiting\n\n");
      }

      gate.countDown();

      assertThat(silent.readUntil("\r\n0\r\n\r\n")).contains("two", "messageStop", "metadata");
    }
  }

  private RawClient openAi() throws IOException {
    return new RawClient(gateway.port())
        .post("/v1/chat/completions", gateway.clientKey(), HttpCalls.openAiStream("claude"));
  }
}
