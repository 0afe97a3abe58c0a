package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: new calls are refused in clear words, and nothing booked is lost. */
final class JournalFullTest {
  private static final int MOST_CALLS = 5000;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void a_journal_that_cannot_grow_refuses_calls_until_it_can_and_loses_none() throws Exception {
    Path data = folder.resolve("data");
    Store store =
        RunningGateway.open(
            StoreSettings.of(data, Clock.systemUTC(), new SecureRandom())
                .withJournalSegment(128 << 10));
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                store, settings -> settings, RunningGateway.openAiModel("gpt", upstream))) {
      // where segments are made is gone, so none can be made
      Files.move(data.resolve("journal"), folder.resolve("elsewhere"));

      int served = 0;
      HttpResponse<String> last = ask(gateway);
      while (last.statusCode() == 200 && served < MOST_CALLS) {
        served++;
        last = ask(gateway);
      }

      assertThat(last.statusCode()).isEqualTo(503);
      assertThat(HttpCalls.json(last).at("/error/code").asString())
          .isEqualTo("journal_unavailable");
      assertThat(HttpCalls.header(last, "retry-after")).isNotEmpty();
      assertThat(HttpCalls.get(gateway, "/ready", "").statusCode()).isEqualTo(503);
      assertThat(upstream.received()).hasSize(served);

      Files.move(folder.resolve("elsewhere"), data.resolve("journal"));
      Eventually.equal(200, () -> ask(gateway).statusCode(), DEADLINE);

      assertThat(HttpCalls.getJson(gateway, "/api/v1/summary").get("attempts").asInt())
          .isEqualTo(served + 1);
      assertThat(store.accounts().open()).isZero();
    }
  }

  private static HttpResponse<String> ask(RunningGateway gateway) {
    return HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("gpt"));
  }
}
