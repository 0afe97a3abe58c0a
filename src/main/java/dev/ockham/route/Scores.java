package dev.ockham.route;

import java.util.Map;
import java.util.Optional;

/**
 * What a scorer makes of one ask.
 *
 * @param byModel the abilities of the candidates it can say something about, by model id
 * @param far whether the ask is unlike anything the scorer knows, so that it should not choose
 * @param features what it read off the text
 */
public record Scores(
    Map<String, Ability> byModel, boolean far, Optional<Explanation.TextFeatures> features) {
  public static final Scores NOTHING_KNOWN = new Scores(Map.of(), true, Optional.empty());

  public Scores {
    byModel = Map.copyOf(byModel);
  }

  /**
   * What one model is expected to make of an ask.
   *
   * @param quality probability that its answer is good enough, in [0, 1]
   * @param uncertainty standard error of {@code quality}
   * @param outputTokens expected length of its answer
   */
  public record Ability(Basis basis, double quality, double uncertainty, double outputTokens) {}

  /** Where an estimate comes from. */
  public enum Basis {
    /** From answers of this model. */
    LEARNED,
    /** From its published scores only: judged with caution. */
    PRESUMED
  }
}
