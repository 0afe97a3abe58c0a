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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while many streams are live: none of them is torn. */
final class DrainTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Half of the streams end when the gate opens, the others never do by themselves. */
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request -> {
        var events = OpenAiReplies.textEvents("One two", 11, 7);
        Reply begun = Reply.streamHead().chunks(events.subList(0, 2));
        return request.text().contains("endless")
            ? begun.stall()
            : begun.await(gate).chunks(events.subList(2, 7)).endChunks();
      });

  @Test
  void a_hundred_streams_end_or_are_told_that_the_server_stops() throws Exception {
    streams(100, Duration.ofSeconds(2));
  }

  @Test
  @Tag("long")
  void two_thousand_streams_end_or_are_told_that_the_server_stops() throws Exception {
    streams(2000, Duration.ofSeconds(10));
  }

  private void streams(int count, Duration window) throws Exception {
    var clients = new ArrayList<RawClient>();
    try (upstream;
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withDeadlines(Duration.ofSeconds(30), window),
                RunningGateway.openAiModel("gpt", upstream))) {
      for (int i = 0; i < count; i++) {
        clients.add(begun(gateway, i % 2 == 0));
      }
      Thread stopping = Thread.ofPlatform().start(gateway.server()::stop);
      Eventually.equal(true, () -> isRefused(gateway), LONG);

      gate.countDown();

      List<String> answers = new ArrayList<>();
      for (RawClient client : clients) {
        answers.add(client.readUntil("\r\n0\r\n\r\n"));
      }
      stopping.join();
      for (int i = 0; i < count; i++) {
        assertThat(answers.get(i)).endsWith("\r\n0\r\n\r\n");
        if (i % 2 == 0) {
          assertThat(answers.get(i)).contains("two").contains("[DONE]").doesNotContain("error");
        } else {
          assertThat(answers.get(i)).contains("data: {\"error\":").contains("stopping");
          assertThat(answers.get(i)).doesNotContain("[DONE]");
        }
      }
      assertThat(gateway.store().accounts().open()).isZero();
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static RawClient begun(RunningGateway gateway, boolean ends) throws IOException {
    var client = new RawClient(gateway.port());
    String ask = HttpCalls.openAiStream("gpt");
    client.post(CHAT, gateway.clientKey(), ends ? ask : ask.replace("Hello", "endless"));
    client.readUntil("One");
    return client;
  }

  private static boolean isRefused(RunningGateway gateway) {
    try {
      new RawClient(gateway.port()).close();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }
}
