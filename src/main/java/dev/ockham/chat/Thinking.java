package dev.ockham.chat;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client asks of a model's reasoning; empty values leave it to the provider.
 *
 * @param budget the most tokens of reasoning
 * @param shown whether the client wants to read it, or a summary of it
 */
public record Thinking(Optional<Effort> effort, OptionalLong budget, Optional<Boolean> shown) {
  public static final Thinking UNSET =
      new Thinking(Optional.empty(), OptionalLong.empty(), Optional.empty());

  private static final long LITTLE = 4_096;
  private static final long MUCH = 16_384;

  public static Thinking of(Effort effort) {
    return new Thinking(Optional.of(effort), OptionalLong.empty(), Optional.empty());
  }

  public boolean isUnset() {
    return equals(UNSET);
  }

  /** Whether the model is asked not to reason. */
  public boolean isOff() {
    return effort.isPresent() ? effort.get() == Effort.NONE : budget.orElse(1) == 0;
  }

  /** The effort to ask a model for that knows no budgets: the one asked for, or what fits. */
  public Optional<Effort> effortOrFitting() {
    if (effort.isPresent() || budget.isEmpty()) {
      return effort;
    }
    long tokens = budget.getAsLong();
    if (tokens == 0) {
      return Optional.of(Effort.NONE);
    }
    return Optional.of(
        tokens <= LITTLE ? Effort.LOW : tokens <= MUCH ? Effort.MEDIUM : Effort.HIGH);
  }

  /** The budget to ask a model for that knows no effort: the one asked for, or what fits. */
  public OptionalLong budgetOrFitting() {
    if (budget.isPresent() || effort.isEmpty()) {
      return budget;
    }
    return OptionalLong.of(
        switch (effort.get()) {
          case NONE -> 0;
          case MINIMAL -> 1_024;
          case LOW -> LITTLE;
          case MEDIUM -> 10_240;
          case HIGH -> 24_576;
          case XHIGH -> 32_768;
          case MAX -> 65_536;
        });
  }
}
