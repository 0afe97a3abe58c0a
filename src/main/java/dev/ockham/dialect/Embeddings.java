package dev.ockham.dialect;

import dev.ockham.chat.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * OpenAI's Embeddings, which pass: a request's bytes with the model's name changed, a reply's as
 * they come.
 */
public final class Embeddings {
  /** What follows an endpoint's base address. */
  public static final String PATH = "/embeddings";

  private Embeddings() {}

  /** Whether providers of a dialect have embeddings at {@link #PATH}. */
  public static boolean areSpokenIn(Dialect dialect) {
    return dialect == Dialect.OPENAI_CHAT || dialect == Dialect.OPENAI_RESPONSES;
  }

  /**
   * Reads a client's body as a request whose messages are its inputs. The array is kept, not
   * copied.
   */
  public static DecodeOutcome decode(byte[] body) {
    return EmbeddingsRequestReader.read(body);
  }

  /** The bytes for a provider, in which only the name of the model is changed. */
  public static RequestBody.Outcome.Prepared prepare(DecodeOutcome.Decoded decoded, Target target) {
    return PassingEdits.make(decoded, target, List.of());
  }

  /** A reply that passes; its usage is read. */
  public static ReplyStream reply() {
    return new WholeReply(
        Wire.of(Dialect.OPENAI_CHAT), new EmbeddingsReplyReader(), Optional.empty());
  }
}
