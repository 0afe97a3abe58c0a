package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is sent to a provider for what a client asked. */
public final class RequestBody {

  /** The outcome of {@link #prepare}. */
  public sealed interface Outcome {

    /**
     * @param edits names of the edits made, see {@link Edit}
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
   * The client's own bytes for a provider of its dialect, with nothing but the model's name new.
   */
  public static byte[] passing(DecodeOutcome.Decoded decoded, Target target) {
    return PassingEdits.make(decoded, target, List.of()).body();
  }

  /**
   * The client's own bytes with only the declared edits made, where the provider speaks its
   * dialect; otherwise the request said again in the provider's.
   *
   * @param edits wished for besides those always made; one without effect is left out
   * @param carriage gives a foreign client's reasoning state back to its maker
   */
  public static Outcome prepare(
      DecodeOutcome.Decoded decoded,
      Wire upstream,
      Target target,
      List<Edit> edits,
      Carriage carriage) {
    if (decoded.raw().dialect() == upstream.dialect()) {
      return PassingEdits.make(decoded, target, edits);
    }
    var made = new ArrayList<String>();
    ChatRequest request = Unsealed.of(decoded.request(), upstream.dialect(), carriage);
    for (Edit edit : edits) {
      if (edit instanceof Edit.CapOutput(long tokens)
          && request.maxOutput().orElse(Long.MAX_VALUE) > tokens) {
        request = request.withMaxOutput(OptionalLong.of(tokens));
        made.add(edit.name());
      } else if (edit instanceof Edit.DropSampling && !request.sampling().isUnset()) {
        request = request.withSampling(Sampling.UNSET);
        made.add(edit.name());
      }
    }
    return switch (upstream.encode(request, target)) {
      case EncodeOutcome.Encoded(byte[] body, List<String> losses) ->
          new Outcome.Prepared(body, made, losses);
      case EncodeOutcome.Inexpressible(ChatError error) -> new Outcome.Inexpressible(error);
    };
  }
}
