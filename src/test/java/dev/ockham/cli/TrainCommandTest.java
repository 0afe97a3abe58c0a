package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From recorded outcomes to weights, and from weights to decisions. */
class TrainCommandTest {
  private static final String SMALL = "gpt-4.1-nano";
  private static final String BIG = "gpt-5.4";

  @TempDir private Path home = Path.of("");

  /** The small model cannot add. */
  private Path rows() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < 200; n++) {
      boolean sum = n % 2 == 0;
      String prompt =
          sum
              ? "Add %d and %d.".formatted(random.nextInt(99_999), random.nextInt(99_999))
              : "Write a poem about the moon and friend %d.".formatted(n);
      text.append(
          """
          {"id": "%d", "domain": "%s", "prompt": "%s", "outcomes": {\
          "%s": {"quality": %d, "cost_usd": 0.0001}, "%s": {"quality": 1, "cost_usd": 0.01}}}
          """
              .formatted(n, sum ? "sums" : "poems", prompt, SMALL, sum ? 0 : 1, BIG));
    }
    return Files.writeString(home.resolve("rows.jsonl"), text, StandardCharsets.UTF_8);
  }

  @Test
  void what_was_learned_from_recorded_outcomes_decides() throws IOException {
    String weights = home.resolve("weights.bin").toString();
    Typed trained =
        Typed.run(home, Map.of(), "train", "--data", rows().toString(), "--out", weights);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("200 rows", SMALL, BIG, "value for a route");

    assertThat(estimate(weights, "Add 47115 and 81522.", SMALL)).isLessThan(0.3);
    assertThat(estimate(weights, "Write a poem about the moon and my dog.", SMALL))
        .isGreaterThan(0.7);
  }

  private double estimate(String weights, String ask, String model) {
    Typed asked =
        Typed.run(
            home,
            Map.of("OPENAI_API_KEY", "sk-test"),
            "route",
            ask,
            "--json",
            "--weights",
            weights);
    JsonNode decision = new JsonMapper().readTree(asked.out());
    for (JsonNode candidate : decision.findValue("candidates")) {
      if (candidate.path("model").asString().equals(model)) {
        return candidate.path("quality").asDouble();
      }
    }
    throw new AssertionError("no estimate of " + model + " in " + asked.out() + asked.err());
  }

  @Test
  void weights_that_are_none_are_refused_with_what_to_do() throws IOException {
    Path none = Files.writeString(home.resolve("weights.bin"), "not weights");
    for (String command : new String[] {"serve", "route"}) {
      Typed typed =
          command.equals("serve")
              ? Typed.run(
                  home, Map.of("OPENAI_API_KEY", "sk-test"), "serve", "--weights", none.toString())
              : Typed.run(
                  home,
                  Map.of("OPENAI_API_KEY", "sk-test"),
                  "route",
                  "Hello",
                  "--weights",
                  none.toString());
      assertThat(typed.code()).isEqualTo(1);
      assertThat(typed.err()).contains("Not a weights file");
    }
  }
}
