package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import dev.ockham.learn.Features;
import java.util.ArrayList;
import java.util.List;

/**
 * A row made ready for training and evaluation: features, and per model (in a fixed order) quality,
 * tokens and cost.
 */
final class Example {
  final Row row;
  final String stem;
  final Features features;
  final float[] inputs;
  final double[] quality;
  final int inputTokens;
  final int[] outputTokens;

  /** Pico-dollars; zero where no price is known. */
  final long[] cost;

  private Example(Row row, Features features, List<String> models) {
    this.row = row;
    this.stem = row.stem().sha256();
    this.features = features;
    this.inputs = features.inputs();
    this.quality = new double[models.size()];
    this.inputTokens = Prices.tokens(row.prompt().length());
    this.outputTokens = new int[models.size()];
    this.cost = new long[models.size()];
  }

  private Example(Example ask, Example outcomes) {
    row = ask.row;
    stem = ask.stem;
    features = ask.features;
    inputs = ask.inputs;
    quality = outcomes.quality;
    inputTokens = ask.inputTokens;
    outputTokens = outcomes.outputTokens;
    cost = outcomes.cost;
  }

  /** Missing outcomes have quality NaN. */
  static Example of(Row row, Encoder encoder, List<String> models) {
    Example example = new Example(row, encoder.encode(row.prompt()), models);
    for (int m = 0; m < models.size(); m++) {
      Row.Outcome outcome = row.outcomes().get(models.get(m));
      example.quality[m] = outcome == null ? Double.NaN : outcome.quality();
      example.outputTokens[m] =
          outcome == null ? 0 : Prices.tokens(Math.max(0, outcome.outputChars()));
    }
    return example;
  }

  /** As {@link #of}, with what was billed or what list prices make of it. */
  static Example costed(Row row, Encoder encoder, List<String> models, Costs costs) {
    Example example = of(row, encoder, models);
    for (int m = 0; m < models.size(); m++) {
      example.cost[m] = costs.of(row, m);
      Row.Outcome outcome = row.outcomes().get(models.get(m));
      example.outputTokens[m] = outcome == null ? 0 : Math.max(0, Costs.outputTokens(outcome));
    }
    return example;
  }

  /** The same ask with another's outcomes. */
  Example withOutcomesOf(Example other) {
    return new Example(this, other);
  }

  static List<Example> all(List<Row> rows, Encoder encoder, Prices prices) {
    List<String> models = prices.models();
    List<Example> examples = new ArrayList<>();
    for (Row row : rows) {
      Example example = of(row, encoder, models);
      for (int m = 0; m < models.size(); m++) {
        example.cost[m] =
            prices.of(models.get(m)).cost(example.inputTokens, example.outputTokens[m]);
      }
      examples.add(example);
    }
    return examples;
  }
}
