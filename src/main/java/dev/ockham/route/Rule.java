package dev.ockham.route;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A rule of a route: where every condition given holds, its action applies.
 *
 * @param name for explanations
 */
public record Rule(String name, When when, Then then) {

  /**
   * Conditions; an empty one always holds.
   *
   * @param expression in place of the others, or beside them
   */
  public record When(
      Optional<Boolean> hasImages,
      Optional<Boolean> hasTools,
      Optional<String> scope,
      OptionalLong minInputTokens,
      OptionalLong maxInputTokens,
      Optional<Expression> expression) {
    public When(
        Optional<Boolean> hasImages,
        Optional<Boolean> hasTools,
        Optional<String> scope,
        OptionalLong minInputTokens,
        OptionalLong maxInputTokens) {
      this(hasImages, hasTools, scope, minInputTokens, maxInputTokens, Optional.empty());
    }

    /** One expression alone. */
    public static When of(Expression expression) {
      return new When(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.of(expression));
    }
  }

  /** What a rule does. */
  public sealed interface Then {
    /** The model it names, if it names one. */
    Optional<String> model();

    /** This model serves, if no constraint excludes it. */
    record Use(String name) implements Then {
      @Override
      public Optional<String> model() {
        return Optional.of(name);
      }
    }

    /** This model is out. */
    record Exclude(String name) implements Then {
      @Override
      public Optional<String> model() {
        return Optional.of(name);
      }
    }

    /** This model takes the place of the route's default, if no constraint excludes it. */
    record Prefer(String name) implements Then {
      @Override
      public Optional<String> model() {
        return Optional.of(name);
      }
    }

    /** The request's record says so. */
    record Label(String text) implements Then {
      @Override
      public Optional<String> model() {
        return Optional.empty();
      }
    }
  }
}
