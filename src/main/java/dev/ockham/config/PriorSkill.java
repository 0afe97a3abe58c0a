package dev.ockham.config;

import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * A first guess of the share of everyday questions a model answers well, from published benchmark
 * scores. Each score is laid on a line between what a weak and what a perfect model of today would
 * get there, the lines are averaged, and the result lies between {@value #WEAKEST} and {@value
 * #STRONGEST}. Coarse on purpose: it orders models until their own traffic tells more.
 */
final class PriorSkill {
  static final double WEAKEST = 0.45;
  static final double STRONGEST = 0.95;

  private record Span(double low, double high) {}

  /** Benchmarks that at least twenty models report in one metric without a harness of their own. */
  private static final Map<String, Span> SPANS =
      Map.of(
          "Aider Polyglot, percent correct", new Span(0, 90),
          "SciCode, percent correct", new Span(10, 50),
          "Artificial Analysis Coding Index, index", new Span(5, 50),
          "SWE-Bench Verified, resolved", new Span(30, 90),
          "SWE-Bench Pro, resolve rate", new Span(0, 75),
          "Terminal-Bench Hard, success rate", new Span(0, 50));

  private PriorSkill() {}

  static OptionalDouble of(JsonNode benchmarks) {
    double sum = 0;
    int count = 0;
    for (JsonNode score : benchmarks) {
      Span span =
          SPANS.get(score.path("name").asString("") + ", " + score.path("metric").asString(""));
      if (span != null && !score.has("harness")) {
        double share = (score.path("score").asDouble() - span.low) / (span.high - span.low);
        sum += Math.clamp(share, 0, 1);
        count++;
      }
    }
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(WEAKEST + (STRONGEST - WEAKEST) * sum / count);
  }
}
