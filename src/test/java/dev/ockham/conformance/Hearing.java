package dev.ockham.conformance;

import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a client understood of a reply.
 *
 * @param replay what the client puts into the history of its next request, in its own dialect
 */
record Hearing(
    List<Piece> pieces,
    Optional<StopReason> stop,
    Usage usage,
    Optional<Problem> problem,
    JsonNode replay) {
  Hearing {
    pieces = List.copyOf(pieces);
  }

  static Hearing failed(Problem problem) {
    return new Hearing(List.of(), Optional.empty(), Usage.ABSENT, Optional.of(problem), Json.obj());
  }

  String text() {
    return pieces.stream()
        .filter(Piece.Text.class::isInstance)
        .map(piece -> ((Piece.Text) piece).text())
        .collect(Collectors.joining());
  }

  String thoughts() {
    return pieces.stream()
        .filter(Piece.Thought.class::isInstance)
        .map(piece -> ((Piece.Thought) piece).text())
        .collect(Collectors.joining());
  }

  List<Piece.Call> calls() {
    return pieces.stream()
        .filter(Piece.Call.class::isInstance)
        .map(Piece.Call.class::cast)
        .toList();
  }
}
