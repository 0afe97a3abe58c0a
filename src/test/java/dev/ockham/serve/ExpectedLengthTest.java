package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How long answers are is learned from those that were served. */
class ExpectedLengthTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void answers_of_seven_tokens_are_expected_after_a_while_where_a_hundred_were() {
    try (var gateway = new LadderGateway(folder)) {
      HttpResponse<String> first = gateway.ask("auto", "run-0");
      for (int i = 1; i < 60; i++) {
        gateway.ask("auto", "run-" + i);
      }
      HttpResponse<String> last = gateway.ask("auto", "run-60");

      assertThat(expected(gateway.record(first), "small")).isEqualTo(100);
      assertThat(expected(gateway.record(last), "small")).isBetween(5L, 20L);
      assertThat(expected(gateway.record(last), "big")).isEqualTo(100);
    }
  }

  private static long expected(JsonNode record, String model) {
    for (JsonNode candidate : record.path("candidates")) {
      if (candidate.path("model").asString("").equals(model)) {
        return candidate.path("expected_output_tokens").asLong();
      }
    }
    return 0;
  }
}
