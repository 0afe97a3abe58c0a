package dev.ockham.conformance;

import java.util.List;

/** A turn of the conversation that a client sends. */
sealed interface Turn {
  record User(List<Piece> pieces) implements Turn {
    public User {
      pieces = List.copyOf(pieces);
    }

    static User says(String text) {
      return new User(List.of(new Piece.Text(text)));
    }
  }

  /** A model's earlier answer that the client has written itself. */
  record Said(String text) implements Turn {}

  /** A model's answer that the client has heard, sent back the way clients do: as it came. */
  record Heard(Hearing hearing) implements Turn {}

  /** What the tools answered to the calls just before. */
  record Results(List<Piece.Result> results) implements Turn {
    public Results {
      results = List.copyOf(results);
    }
  }
}
