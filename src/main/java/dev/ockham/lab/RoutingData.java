package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folder of recorded outcomes that weights are trained on and claims are measured with.
 *
 * @param outcomes rows with outcomes ({@code mmlu-pro.jsonl.gz})
 * @param answers the recorded answer texts of the pool's models
 * @param prices what the pool's models cost; they define the pool
 */
public record RoutingData(Path outcomes, Path answers, Path prices) {
  /** The usual file names in a folder. */
  public static RoutingData in(Path folder) {
    return new RoutingData(
        folder.resolve("mmlu-pro.jsonl.gz"),
        folder.resolve("mmlu-pro-answers.jsonl.gz"),
        folder.resolve("mmlu-pro-prices.json"));
  }

  /** The files that are not there. */
  public List<Path> missing() {
    return List.of(outcomes, answers, prices).stream()
        .filter(file -> !Files.isReadable(file))
        .toList();
  }

  /**
   * The pool: every question that all priced models answered, made ready; the answer texts must be
   * as long as said.
   */
  List<Example> pool(Encoder encoder) throws IOException {
    Prices list = Prices.read(prices);
    List<Row> rows = Dataset.read(outcomes).answeredByAll(list.models()).rows();
    Map<String, Map<String, String>> texts = Dataset.readAnswers(answers);
    for (Row row : rows) {
      Map<String, String> byModel = texts.getOrDefault(row.id(), Map.of());
      for (String model : list.models()) {
        checkLength(row, model, byModel.getOrDefault(model, ""));
      }
    }
    return Example.all(rows, encoder, list);
  }

  private void checkLength(Row row, String model, String answer) throws IOException {
    Row.Outcome outcome = row.outcomes().get(model);
    if (outcome != null && outcome.outputChars() != answer.length()) {
      throw new IOException(
          "%s, row %s: the answer of %s has %d characters where %s says %d. Give two files that belong together."
              .formatted(
                  answers, row.id(), model, answer.length(), outcomes, outcome.outputChars()));
    }
  }
}
