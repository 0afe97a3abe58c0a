package dev.ockham.lab;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One line of recorded outcomes, checked. */
final class RowReader {
  private static final int PICO = 12;
  private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(100_000);
  private static final int MOST_TOKENS = 100_000_000;

  private RowReader() {}

  /** A value that cannot be meant; the message names it and what was expected. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Ids that are numbers are read as text; a missing domain is the domain without a name. */
  static Row row(JsonNode line) {
    if (!line.isObject()) {
      throw new Unreadable("not an object");
    }
    JsonNode recorded = line.required("outcomes");
    if (!recorded.isObject()) {
      throw new Unreadable("outcomes: expected an object with one entry a model");
    }
    Map<String, Row.Outcome> outcomes = new LinkedHashMap<>();
    recorded.forEachEntry((model, outcome) -> {
      JsonNode quality = outcome.path("quality");
      if (!quality.isMissingNode() && !quality.isNull()) {
        outcomes.put(model, outcome(model, outcome, quality));
      }
    });
    return new Row(
        line.required("id").asString(),
        line.path("domain").asString(""),
        line.required("prompt").asString(),
        Optional.ofNullable(line.path("reference").asString(null)),
        line.path("from_mmlu").asBoolean(false),
        line.path("overlaps_routellm").asBoolean(false),
        line.path("contaminated").asBoolean(false),
        outcomes);
  }

  private static Row.Outcome outcome(String model, JsonNode outcome, JsonNode quality) {
    double value =
        quality.isBoolean() ? (quality.asBoolean() ? 1 : 0) : quality.asDouble(Double.NaN);
    if (!(value >= 0 && value <= 1)) {
      throw new Unreadable(
          "quality of %s is %s, expected a number from 0 to 1".formatted(model, quality));
    }
    int characters = count(model, outcome, "output_chars");
    if (characters == Row.UNKNOWN && outcome.path("answer").isString()) {
      characters = outcome.path("answer").asString().length();
    }
    return new Row.Outcome(
        value,
        characters,
        new Row.Usage(
            count(model, outcome, "input_tokens"),
            count(model, outcome, "output_tokens"),
            cost(model, outcome.path("cost_usd"))));
  }

  private static int count(String model, JsonNode outcome, String name) {
    JsonNode number = outcome.path(name);
    if (number.isMissingNode() || number.isNull()) {
      return Row.UNKNOWN;
    }
    double value = number.asDouble(Double.NaN);
    if (!(value >= 0 && value <= MOST_TOKENS)) {
      throw new Unreadable(
          "%s of %s is %s, expected a count of 0 or more".formatted(name, model, number));
    }
    return (int) Math.ceil(value);
  }

  private static long cost(String model, JsonNode dollars) {
    if (dollars.isMissingNode() || dollars.isNull()) {
      return Row.UNKNOWN;
    }
    if (!dollars.isNumber()
        || dollars.asDecimal().signum() < 0
        || dollars.asDecimal().compareTo(MOST_DOLLARS) > 0) {
      throw new Unreadable(
          "cost_usd of %s is %s, expected US dollars, 0 or more".formatted(model, dollars));
    }
    return dollars.asDecimal().movePointRight(PICO).setScale(0, RoundingMode.HALF_UP).longValue();
  }
}
