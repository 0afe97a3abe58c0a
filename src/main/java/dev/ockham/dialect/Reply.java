package dev.ockham.dialect;

import dev.ockham.chat.ChatRequest;
import java.time.Instant;

/** Makes the stream that carries a provider's reply to a client. */
public final class Reply {
  private Reply() {}

  /**
   * @param request what was asked: tells whether a stream is expected and usage wished for
   * @param model the name a translated reply gives the model
   * @param now the creation time a translated reply gives
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static ReplyStream between(
      Wire client, Wire upstream, ChatRequest request, String model, Instant now) {
    throw new UnsupportedOperationException(model);
  }
}
