package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import java.util.Set;

/** A stream said again in the client's dialect. */
final class TranslatedStream extends StreamedReply {
  private final ReplyWriter writer;

  TranslatedStream(Wire client, Wire upstream, ReplyWriter writer) {
    super(client, upstream);
    this.writer = writer;
  }

  @Override
  void block() {
    if (frames.hasData()) {
      reader.event(frames.event(), frames.data(), frames.dataFrom(), frames.dataTo(), this::carry);
    }
  }

  @Override
  void closed() {
    reader.ended(this::carry);
  }

  @Override
  byte[] errorEvent(ChatError error) {
    return writer.broken(error);
  }

  @Override
  public Set<String> losses() {
    return writer.losses();
  }

  private void carry(ChatEvent event) {
    if (!isOver()) {
      ChatEvent told = judged(event, reader);
      writer.event(told, out);
      track(told);
    }
  }

  @Override
  byte[] taken(byte[] chunk) {
    return out.take();
  }
}
