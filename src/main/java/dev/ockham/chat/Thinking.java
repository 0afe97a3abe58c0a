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

  public static Thinking of(Effort effort) {
    return new Thinking(Optional.of(effort), OptionalLong.empty(), Optional.empty());
  }

  public boolean isUnset() {
    return equals(UNSET);
  }
}
