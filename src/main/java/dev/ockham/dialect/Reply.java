package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.time.Instant;
import java.util.Optional;

/** Makes the stream that carries a provider's reply to a client. */
public final class Reply {
  private Reply() {}

  /**
   * @param request what was asked: tells whether a stream is expected and usage wished for
   * @param model the name a translated reply gives the model
   * @param now the creation time a translated reply gives
   */
  public static ReplyStream between(
      Wire client, Wire upstream, ChatRequest request, String model, Instant now) {
    ReplyReader reader = upstream.replyReader();
    boolean passes = client.dialect() == upstream.dialect();
    if (passes && request.stream()) {
      boolean openAi = client.dialect() == Dialect.OPENAI_CHAT;
      return new PassingStream(client, reader, openAi && !request.streamUsage());
    }
    if (passes) {
      return new WholeReply(client, reader, Optional.empty());
    }
    ReplyWriter writer =
        client.replyWriter(
            new ReplyWriter.Head(model, now.getEpochSecond(), request.streamUsage()));
    return request.stream()
        ? new TranslatedStream(client, reader, writer)
        : new WholeReply(client, reader, Optional.of(writer));
  }
}
