package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A reply in server-sent events, which ends as its dialect ends or with an error. */
abstract sealed class StreamedReply extends TrackedReply permits PassingStream, TranslatedStream {
  final Wire client;
  final ReplyReader reader;
  final FrameReader frames;
  final Bytes out = new Bytes();
  private long events;

  StreamedReply(Wire client, Wire upstream) {
    this.client = client;
    this.reader = upstream.replyReader();
    this.frames = upstream.frames();
  }

  /** Carries over the block that {@link #frames} is at. */
  abstract void block();

  /** Carries over what the provider said by closing. */
  abstract void closed();

  /** The error in the client's dialect, at this point of its stream. */
  abstract byte[] errorEvent(ChatError error);

  /** What came out of the chunk. */
  abstract byte[] taken(byte[] chunk);

  @Override
  public final byte[] accept(byte[] chunk) {
    if (isOver()) {
      return Bytes.NONE;
    }
    frames.feed(chunk);
    try {
      while (!isOver() && frames.next()) {
        events += frames.hasData() ? 1 : 0;
        block();
      }
      if (!isOver() && frames.tooLarge()) {
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
    return errorEvent(error);
  }

  @Override
  public final long events() {
    return events;
  }

  @Override
  public byte[] heartbeat() {
    return client.heartbeat();
  }

  @Override
  public String contentType() {
    return client.streamType();
  }

  @Override
  public final byte[] broken(ChatError error) {
    return isOver() ? Bytes.NONE : failed(error);
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
    byte[] last = accept(frames.closing());
    if (isOver()) {
      return last;
    }
    try {
      closed();
    } catch (Rejected e) {
      return joined(joined(last, out.take()), failed(e.error()));
    }
    last = joined(last, out.take());
    if (isOver()) {
      return last;
    }
    return joined(last, failed(Rejected.cut()));
  }
}
