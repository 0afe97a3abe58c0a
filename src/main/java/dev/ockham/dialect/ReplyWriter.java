package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import java.util.Set;
import java.util.function.LongSupplier;

/** Writes one translated reply in a client's dialect. */
interface ReplyWriter {

  /**
   * What a translated reply says that no event tells.
   *
   * @param model the name the client is told
   * @param created seconds since 1970
   * @param asked what is answered; its tools tell how calls are named to the client
   * @param carriage carries reasoning state to a client that cannot read it
   * @param latencyMillis how long the provider has been at it
   */
  record Head(
      String model,
      long created,
      DecodeOutcome.Decoded asked,
      Carriage carriage,
      LongSupplier latencyMillis) {
    /** Whether a stream ends with usage. */
    boolean streamUsage() {
      return asked.request().streamUsage();
    }
  }

  /** Adds an event of a stream. */
  void event(ChatEvent event, Bytes out);

  /** Writes a whole answer; {@link Rejected} where it cannot be said. */
  void whole(Answer answer, Bytes out);

  /** An error in a stream that has begun; nothing may follow it. */
  byte[] broken(ChatError error);

  /** What was said that the client's dialect has no words for. */
  default Set<String> losses() {
    return Set.of();
  }
}
