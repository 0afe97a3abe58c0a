package dev.ockham.route;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A rule of a route: where every condition given holds, its action applies.
 *
 * @param name for explanations
 */
public record Rule(String name, When when, Then then) {

  /** Conditions; an empty one always holds. */
  public record When(
      Optional<Boolean> hasImages,
      Optional<Boolean> hasTools,
      Optional<String> scope,
      OptionalLong minInputTokens,
      OptionalLong maxInputTokens) {}

  /** What a rule does. */
  public sealed interface Then {
    String model();

    /** This model serves, if no constraint excludes it. */
    record Use(String model) implements Then {}

    /** This model is out. */
    record Exclude(String model) implements Then {}
  }
}
