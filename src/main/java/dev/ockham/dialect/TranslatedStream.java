package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;

/** A stream said again in the client's dialect. */
final class TranslatedStream extends StreamedReply {
  private final ReplyWriter writer;

  TranslatedStream(Wire client, ReplyReader reader, ReplyWriter writer) {
    super(client, reader);
    this.writer = writer;
  }

  @Override
  void block() {
    if (sse.hasData()) {
      reader.event(sse.data(), sse.dataFrom(), sse.dataTo(), this::carry);
    }
  }

  private void carry(ChatEvent event) {
    if (!isOver()) {
      writer.event(event, out);
      track(event);
      lost(event);
    }
  }

  @Override
  byte[] taken(byte[] chunk) {
    return out.take();
  }
}
