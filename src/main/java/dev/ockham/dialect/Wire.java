package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Dialect;
import java.util.List;

/**
 * One dialect, both directions: what a client says in it, and what a provider is told in it.
 * Stateless; the state of a reply is in {@link ReplyStream}.
 */
public abstract sealed class Wire permits OpenAiChat, AnthropicMessages {

  /** The speaker of a dialect. */
  public static Wire of(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> OpenAiChat.WIRE;
      case ANTHROPIC_MESSAGES -> AnthropicMessages.WIRE;
    };
  }

  public abstract Dialect dialect();

  /** What follows an endpoint's base address to ask for an answer. */
  public abstract String requestPath();

  /** Reads a client's body. The array is kept, not copied: the caller must not change it. */
  public abstract DecodeOutcome decode(byte[] body);

  /** Writes a request for a model that speaks this dialect, and says what it could not say. */
  abstract EncodeOutcome encode(ChatRequest request, Target target);

  /** An error body. */
  public abstract byte[] error(ChatError error);

  /** An error inside a stream that has begun; nothing may follow it. */
  public abstract byte[] errorEvent(ChatError error);

  /**
   * A provider's error body, with its status and text kept; any bytes will do. To a client of the
   * same dialect the provider's own body says more and should be passed on.
   */
  public final ChatError readError(int status, byte[] body) {
    return Errors.read(status, body);
  }

  /** The answer to {@code GET /v1/models}. */
  public abstract byte[] models(List<ModelEntry> models);

  /** What keeps a waiting stream open; may be sent between any two results of a reply. */
  public abstract byte[] heartbeat();

  abstract ReplyReader replyReader();

  abstract ReplyWriter replyWriter(ReplyWriter.Head head);
}
