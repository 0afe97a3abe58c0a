package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What recorded answers cost: what was billed, else tokens times list price. Tokens that were not
 * recorded are characters / 4; the few costs that stay unknown are taken as their model's mean.
 */
final class Costs {
  private final List<String> models;
  private final Optional<Prices> prices;
  private final double[] means;
  private final int[] missing;
  private final boolean billed;

  private Costs(List<String> models, Optional<Prices> prices, List<Row> rows) {
    this.models = models;
    this.prices = prices;
    means = new double[models.size()];
    missing = new int[models.size()];
    Arrays.fill(means, Double.NaN);
    boolean anyBilled = false;
    for (int m = 0; m < means.length; m++) {
      double sum = 0;
      int count = 0;
      for (Row row : rows) {
        long cost = recorded(row, m);
        anyBilled |= outcome(row, m).usage().costPicos() >= 0;
        sum += Math.max(0, cost);
        count += cost >= 0 ? 1 : 0;
      }
      missing[m] = rows.size() - count;
      means[m] = count == 0 ? Double.NaN : sum / count;
    }
    billed = anyBilled;
  }

  static Costs of(List<Row> rows, List<String> models, Optional<Prices> prices) {
    return new Costs(models, prices, rows);
  }

  /** Costs can be compared: each model has some, and not all are nothing. */
  boolean known() {
    return Arrays.stream(means).noneMatch(Double::isNaN)
        && Arrays.stream(means).anyMatch(mean -> mean > 0);
  }

  /** All costs come from list prices. */
  boolean listed() {
    return known() && !billed;
  }

  /** What a reader should know. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int m = 0; m < means.length; m++) {
      if (Double.isNaN(means[m])) {
        notes.add(
            "the cost of %s is not known: give cost_usd, or output tokens (or characters) and --prices"
                .formatted(models.get(m)));
      } else if (missing[m] > 0) {
        notes.add(
            "%d rows without a cost of %s count its mean".formatted(missing[m], models.get(m)));
      }
    }
    return notes;
  }

  private Row.Outcome outcome(Row row, int model) {
    Row.Outcome outcome = row.outcomes().get(models.get(model));
    return outcome == null ? new Row.Outcome(0, Row.UNKNOWN) : outcome;
  }

  /** Pico-dollars. */
  long of(Row row, int model) {
    long cost = recorded(row, model);
    return cost >= 0 ? cost : Double.isNaN(means[model]) ? 0 : Math.round(means[model]);
  }

  private long recorded(Row row, int model) {
    Row.Outcome outcome = outcome(row, model);
    Prices.Price price =
        prices.map(Prices::byModel).map(p -> p.get(models.get(model))).orElse(null);
    if (outcome.usage().costPicos() >= 0 || price == null) {
      return outcome.usage().costPicos();
    }
    int output = outputTokens(outcome);
    return output < 0 ? Row.UNKNOWN : price.cost(inputTokens(row, outcome), output);
  }

  static int inputTokens(Row row, Row.Outcome outcome) {
    int recorded = outcome.usage().inputTokens();
    return recorded >= 0 ? recorded : Prices.tokens(row.prompt().length());
  }

  /** Unknown when neither tokens nor characters were recorded. */
  static int outputTokens(Row.Outcome outcome) {
    int recorded = outcome.usage().outputTokens();
    return recorded >= 0 || outcome.outputChars() < 0
        ? recorded
        : Prices.tokens(outcome.outputChars());
  }
}
