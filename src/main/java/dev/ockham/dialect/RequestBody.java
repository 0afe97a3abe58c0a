package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import java.util.List;

/** What is sent to a provider for what a client asked. */
public final class RequestBody {

  /** The outcome of {@link #prepare}. */
  public sealed interface Outcome {

    /**
     * @param edits names of the edits made, in the order of the declared table
     * @param losses what another dialect could not say; empty in the client's own
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
    record Prepared(byte[] body, List<String> edits, List<String> losses) implements Outcome {
      public Prepared {
        edits = List.copyOf(edits);
        losses = List.copyOf(losses);
      }
    }

    /** The provider's dialect cannot say it. */
    record Inexpressible(ChatError error) implements Outcome {}
  }

  private RequestBody() {}

  /**
   * The client's own bytes with only the declared edits made, where the provider speaks its
   * dialect; otherwise the request said again in the provider's.
   *
   * @param edits wished for besides those always made; one without effect is left out
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static Outcome prepare(
      DecodeOutcome.Decoded decoded, Wire upstream, Target target, List<Edit> edits) {
    if (edits != null) {
      throw new UnsupportedOperationException();
    }
    return new Outcome.Prepared(decoded.raw().bytes(), List.of(), List.of());
  }
}
