package dev.ockham.conformance;

import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.List;
import java.util.Optional;

/** What a provider answers, in no dialect. */
sealed interface Answer {
  /**
   * An answer of a model.
   *
   * @param interleaved whether the calls are streamed at once, where the dialect can
   * @param usage absent where the provider says nothing of it
   * @param breaksOff the error that comes after the pieces, in a stream, instead of an end
   */
  record Spoken(
      List<Piece> pieces,
      StopReason stop,
      Usage usage,
      boolean interleaved,
      Optional<Problem> breaksOff)
      implements Answer {
    public Spoken {
      pieces = List.copyOf(pieces);
    }

    static Spoken of(Piece... pieces) {
      boolean calls = List.of(pieces).stream().anyMatch(Piece.Call.class::isInstance);
      return new Spoken(
          List.of(pieces),
          calls ? StopReason.TOOL_CALLS : StopReason.END_OF_TURN,
          Usage.of(11, 7),
          false,
          Optional.empty());
    }

    Spoken stopping(StopReason why) {
      return new Spoken(pieces, why, usage, interleaved, breaksOff);
    }

    Spoken using(Usage other) {
      return new Spoken(pieces, stop, other, interleaved, breaksOff);
    }

    Spoken atOnce() {
      return new Spoken(pieces, stop, usage, true, breaksOff);
    }

    Spoken breaking(Problem with) {
      return new Spoken(pieces, stop, usage, interleaved, Optional.of(with));
    }
  }

  /** An error before any answer. */
  record Refused(Problem problem, List<String> headerLines) implements Answer {
    public Refused {
      headerLines = List.copyOf(headerLines);
    }
  }

  /** The connection ends in the middle of the answer's stream. */
  record Cut(Spoken spoken) implements Answer {}
}
