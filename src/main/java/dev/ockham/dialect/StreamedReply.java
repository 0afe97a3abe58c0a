package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A reply in server-sent events, which ends as its dialect ends or with an error. */
abstract sealed class StreamedReply extends TrackedReply permits PassingStream, TranslatedStream {
  private static final byte[] EMPTY_LINES = "\n\n".getBytes(StandardCharsets.US_ASCII);

  final Wire client;
  final ReplyReader reader;
  final SseReader sse = new SseReader();
  final Bytes out = new Bytes();

  StreamedReply(Wire client, ReplyReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /** Carries over the block that {@link #sse} is at. */
  abstract void block();

  /** What came out of the chunk. */
  abstract byte[] taken(byte[] chunk);

  @Override
  public final byte[] accept(byte[] chunk) {
    if (isOver()) {
      return Bytes.NONE;
    }
    sse.feed(chunk);
    try {
      while (!isOver() && sse.next()) {
        block();
      }
      if (!isOver() && sse.tooLarge()) {
        throw Rejected.reply(
            "The provider sent an event of more than " + SseReader.LARGEST + " bytes");
      }
    } catch (Rejected e) {
      byte[] before = taken(chunk);
      return joined(before, failed(e.error().status() == 502 ? e.error() : unreadable()));
    } catch (JacksonException e) {
      byte[] before = taken(chunk);
      return joined(before, failed(unreadable()));
    }
    return taken(chunk);
  }

  private static ChatError unreadable() {
    return Rejected.badReply("The provider sent an event that is not the JSON of its dialect");
  }

  private byte[] failed(ChatError error) {
    failure = Optional.of(error);
    return client.errorEvent(error);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = new Bytes();
    both.write(first);
    both.write(second);
    return both.take();
  }

  @Override
  public final byte[] end() {
    if (isOver()) {
      return Bytes.NONE;
    }
    // Some servers leave out the empty line after their last event.
    byte[] last = accept(EMPTY_LINES);
    if (isOver()) {
      return last;
    }
    var cut =
        new ChatError(
            502,
            ChatError.Kind.SERVER,
            "stream_cut",
            "The provider's stream ended before its answer did; ask again");
    return joined(last, failed(cut));
  }
}
