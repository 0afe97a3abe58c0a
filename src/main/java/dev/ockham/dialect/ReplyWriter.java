package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;

/** Writes one translated reply in a client's dialect. */
interface ReplyWriter {

  /**
   * What a translated reply says that no event tells.
   *
   * @param model the name the client is told
   * @param created seconds since 1970
   * @param streamUsage whether a stream ends with usage
   */
  record Head(String model, long created, boolean streamUsage) {}

  /** Adds an event of a stream. */
  void event(ChatEvent event, Bytes out);

  /** Writes a whole answer; {@link Rejected} where it cannot be said. */
  void whole(Answer answer, Bytes out);
}
