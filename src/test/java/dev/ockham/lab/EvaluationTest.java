package dev.ockham.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The whole evaluation on small files of rows made here, in which what can be learned is known. */
final class EvaluationTest {
  @TempDir private Path folder = Path.of("");

  /** Sums need the strong model, poems do not. */
  private static String row(int number, Random random) {
    boolean sum = random.nextBoolean();
    String prompt =
        sum
            ? "Add %d and %d, then divide by %d."
                .formatted(random.nextInt(9_999), random.nextInt(9_999), number + 2)
            : "Write a short poem about the river, the moon and friend %d.".formatted(number);
    return """
    {"id": %d, "domain": "%s", "prompt": "%s", "outcomes": {\
    "small": {"quality": %s, "cost_usd": 0.0001}, "big": {"quality": %s, "cost_usd": 0.002}}}
    """
        .formatted(
            number,
            sum ? "sums" : "poems",
            prompt,
            sum ? 0.1 : 1,
            random.nextInt(10) < 9 ? 1 : 0.5);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), content, StandardCharsets.UTF_8);
  }

  private Path rows(int count) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < count; n++) {
      text.append(row(n, random));
    }
    return file(text.toString());
  }

  private static EvalSettings settings(Path file, String... models) {
    return new EvalSettings(
        List.of(file),
        Optional.empty(),
        List.of(models),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        2);
  }

  private static ObjectNode evaluate(EvalSettings settings) throws IOException {
    return new Evaluation(settings, () -> 0, _ -> {}).run();
  }

  private static double mean(JsonNode study, String path) {
    return study.at(path + "/mean").asDouble(Double.NaN);
  }

  @Test
  void what_can_be_learned_is_learned_and_every_baseline_stands_beside_it() throws IOException {
    JsonNode study = evaluate(settings(rows(300))).path("data").path(0);
    String two = "/two_models/approaches/";
    assertThat(mean(study, two + "router/apgr")).isGreaterThan(0.68);
    assertThat(mean(study, two + "shuffled_labels/apgr")).isBetween(0.35, 0.65);
    assertThat(mean(study, two + "oracle/apgr"))
        .isGreaterThan(mean(study, two + "router/apgr") - 0.02);
    assertThat(study.at("/two_models/approaches").propertyNames())
        .containsExactlyInAnyOrder(
            "random_mix", "router", "domain_table", "knn_100", "oracle", "shuffled_labels");
    assertThat(mean(study, "/pool/approaches/router/aiq"))
        .isGreaterThan(mean(study, "/pool/approaches/random_mix/aiq") + 0.05);
    assertThat(mean(study, "/pool/operating_point/router/saved_percent")).isGreaterThan(30);
    assertThat(mean(study, "/calibration/ece")).isLessThan(0.1);
  }

  @Test
  void every_figure_of_the_report_is_one_of_the_metrics() throws IOException {
    ObjectNode metrics = evaluate(settings(rows(120)));
    String report = Evaluation.report(metrics);
    Matcher figure = Pattern.compile("data-at=\"([^\"]+)\">([^<]+)<").matcher(report);
    int figures = 0;
    while (figure.find()) {
      JsonNode metric = metrics.at(figure.group(1));
      if (!figure.group(2).equals("n/a")) {
        int point = figure.group(2).indexOf('.');
        int digits = point < 0 ? 0 : figure.group(2).length() - point - 1;
        assertThat(figure.group(2))
            .as(figure.group(1))
            .isEqualTo(String.format(Locale.ROOT, "%." + digits + "f", metric.asDouble()));
        figures++;
      }
    }
    assertThat(figures).isGreaterThan(50);
    assertThat(report).doesNotContain("<script").doesNotContain("http://").doesNotContain("https:");
  }

  @Test
  void every_decision_is_written_with_what_was_predicted_and_what_happened() throws IOException {
    StringWriter lines = new StringWriter();
    ObjectNode metrics = new Evaluation(settings(rows(120)), () -> 0, _ -> {}, lines).run();
    double[] points = new double[2];
    int[] counts = new int[2];
    for (String line : lines.toString().lines().toList()) {
      JsonNode row = new JsonMapper().readTree(line);
      int seed = row.path("seed").asInt();
      JsonNode models = row.path("models");
      double quality = models.path(row.path("chosen").asString()).path("quality").asDouble();
      double reference = models.path(row.path("reference").asString()).path("quality").asDouble();
      points[seed] += 100 * (quality - reference);
      counts[seed]++;
    }
    assertThat((points[0] / counts[0] + points[1] / counts[1]) / 2)
        .isCloseTo(
            mean(metrics.path("data").path(0), "/pool/operating_point/router/points"),
            within(1e-4));
  }

  @Test
  void few_rows_are_evaluated_too_and_too_few_are_refused() throws IOException {
    assertThat(evaluate(settings(rows(60))).path("data").size()).isEqualTo(1);
    assertThatThrownBy(() -> evaluate(settings(rows(12))))
        .hasMessageContaining("12 rows")
        .hasMessageContaining("at least 30");
  }

  @Test
  void a_row_that_cannot_be_meant_is_named_with_its_line() throws IOException {
    Path file =
        file(
            """
            {"id": "a", "domain": "x", "prompt": "p", "outcomes": {"m": {"quality": 1}}}
            {"id": "b", "domain": "x", "prompt": "p", "outcomes": {"m": {"quality": 7}}}
            """);
    assertThatThrownBy(() -> evaluate(settings(file)))
        .hasMessageContaining("line 2")
        .hasMessageContaining("quality of m is 7");
  }

  @Test
  void a_model_that_is_not_there_is_refused_with_those_that_are() throws IOException {
    Path file = rows(40);
    assertThatThrownBy(() -> evaluate(settings(file, "small", "huge")))
        .hasMessageContaining("[huge]")
        .hasMessageContaining("small");
  }
}
