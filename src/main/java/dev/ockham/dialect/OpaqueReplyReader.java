package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads nothing of a whole reply: it is complete when it is there. */
final class OpaqueReplyReader implements ReplyReader {
  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    throw new IllegalStateException("such a reply has no events");
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    sink.accept(new ChatEvent.Started("", ""));
    sink.accept(new ChatEvent.Finished(StopReason.OTHER, Optional.empty()));
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }
}
