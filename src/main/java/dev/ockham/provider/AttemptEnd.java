package dev.ockham.provider;

import dev.ockham.chat.ChatError;
import java.util.Optional;

/** How an attempt ended. */
public sealed interface AttemptEnd {
  /** The client has the whole answer. */
  record Completed() implements AttemptEnd {}

  /** The client has part of an answer, and was told why it ends. */
  record BrokenOff(ChatError why) implements AttemptEnd {}

  /** The client left; the provider was hung up on. */
  record ClientLeft() implements AttemptEnd {}

  /**
   * The client has nothing yet.
   *
   * @param retryAfter the provider's wish, as it said it
   */
  record Failed(ProviderFailure failure, Optional<String> retryAfter) implements AttemptEnd {}
}
