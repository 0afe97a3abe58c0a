package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads of an Embeddings reply what it cost. */
final class EmbeddingsReplyReader implements ReplyReader {
  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    throw new IllegalStateException("embeddings are not streamed");
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(body)) {
      in.beginObject();
      while (in.nextField()) {
        switch (in.name()) {
          case "data" -> {
            in.skip();
            sink.accept(new ChatEvent.Started("", ""));
          }
          case "usage" -> usage(in, sink);
          default -> in.skip();
        }
      }
    }
    sink.accept(new ChatEvent.Finished(StopReason.OTHER, Optional.empty()));
  }

  private static void usage(JsonReader in, Consumer<ChatEvent> sink) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("prompt_tokens")) {
        long tokens = in.count();
        if (tokens >= 0) {
          sink.accept(new ChatEvent.UsageReported(Usage.of(tokens, 0)));
        }
      } else {
        in.skip();
      }
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }
}
