package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import java.util.function.Consumer;

/**
 * Reads one reply of a provider. JSON that cannot be read leaves as {@link Rejected} or as the
 * parser's exception; the reply has then failed.
 */
interface ReplyReader {
  /**
   * Reads the data of one event of a stream.
   *
   * @param name the event's name where its frame has one, else empty
   */
  void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink);

  /** The provider closed a stream that had not finished; in some dialects that ends it. */
  default void ended(Consumer<ChatEvent> sink) {}

  /** Reads a whole body. */
  void whole(byte[] body, Consumer<ChatEvent> sink);

  /** Whether the end just told came with a reason; an answer without one may have been cut. */
  default boolean saidWhyItEnded() {
    return true;
  }

  /** Whether the event just read was the extra one that only reports usage. */
  boolean wasOnlyUsage();
}
