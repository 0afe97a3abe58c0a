package dev.ockham.chat;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Wishes that only some dialects know; empty values leave them to the provider.
 *
 * @param endUser the client's name for the person behind the request
 * @param cacheKey groups requests that share a prompt cache
 * @param verbosity how wordy the answer should be: {@code low}, {@code medium} or {@code high}
 * @param logprobs asks for the log probability of each token, and of so many alternatives to it
 */
public record Options(
    Optional<String> endUser,
    Optional<ServiceTier> tier,
    Optional<String> cacheKey,
    Optional<String> verbosity,
    OptionalInt logprobs) {
  public static final Options UNSET =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  /** Prints no person. */
  @Override
  public String toString() {
    return "Options[tier=" + tier + ", verbosity=" + verbosity + ", logprobs=" + logprobs + "]";
  }
}
