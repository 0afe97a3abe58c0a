package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a provider's successful reply into the client's while it arrives. One per attempt, for one
 * thread. Made by {@link Reply}.
 *
 * <p>A streamed reply comes out at event boundaries, so other events may be put between any two
 * results. A whole reply comes out of {@link #end} alone.
 */
public interface ReplyStream {

  /** Takes bytes from the provider and gives bytes for the client, maybe none. */
  byte[] accept(byte[] chunk);

  /**
   * The provider closed: the rest of the reply. Where the reply was cut, that is the client
   * dialect's error (an event in a stream, else a body with {@link #failure}'s status), never a
   * clean end.
   */
  byte[] end();

  /**
   * The answer cannot go on, for a reason the provider did not give: the client dialect's error, an
   * event in a stream that has begun. Nothing may follow it.
   */
  byte[] broken(ChatError error);

  /** What keeps a waiting client; may be sent between any two results. */
  byte[] heartbeat();

  /** Content type of what comes out. */
  String contentType();

  /** Whether part of an answer has been handed on, so that another model cannot take over. */
  boolean begun();

  /** Whether the provider said that the answer, or its error, is complete. */
  boolean finished();

  /** How many events with data have come; comments that keep a connection are none. */
  long events();

  /** What the provider reported, so far. */
  Usage usage();

  Optional<StopReason> stop();

  /** Why there is no whole answer. */
  Optional<ChatError> failure();

  /** Characters of visible text and tool arguments seen, for estimates where usage is missing. */
  long outputChars();

  /** What the provider said that the client cannot be told in its dialect. */
  Set<String> losses();
}
