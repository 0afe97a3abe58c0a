package dev.ockham.conformance;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts pieces together as they are read, in order. */
final class Pieces {
  private final List<Piece> pieces = new ArrayList<>();

  void text(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Text(String before)) {
      pieces.removeLast();
      pieces.add(new Piece.Text(before + text));
    } else {
      pieces.add(new Piece.Text(text));
    }
  }

  void thought(String text, String state) {
    pieces.add(new Piece.Thought(text, state));
  }

  /** More of a thought that has no state yet. */
  void thoughtText(String text) {
    if (!pieces.isEmpty()
        && pieces.getLast() instanceof Piece.Thought(String before, String state)
        && state.isEmpty()) {
      pieces.removeLast();
      pieces.add(new Piece.Thought(before + text, ""));
    } else {
      pieces.add(new Piece.Thought(text, ""));
    }
  }

  /** State that came beside something else belongs to the last thought without one. */
  void state(String state) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      if (pieces.get(i) instanceof Piece.Thought(String text, String none) && none.isEmpty()) {
        pieces.set(i, new Piece.Thought(text, state));
        return;
      }
    }
    pieces.add(new Piece.Thought("", state));
  }

  void call(String id, String name, JsonNode arguments) {
    pieces.add(new Piece.Call(id, name, arguments));
  }

  void add(Piece piece) {
    pieces.add(piece);
  }

  List<Piece> list() {
    return List.copyOf(pieces);
  }
}
