package dev.ockham.chat;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How the next token is drawn; empty values leave the choice to the provider. */
public record Sampling(
    OptionalDouble temperature,
    OptionalDouble topP,
    OptionalLong topK,
    OptionalLong seed,
    OptionalDouble frequencyPenalty,
    OptionalDouble presencePenalty) {
  public static final Sampling UNSET =
      new Sampling(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  public boolean isUnset() {
    return equals(UNSET);
  }
}
