package dev.ockham.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What a provider understood that its model was asked, in no dialect. */
record Asked(
    String model,
    boolean stream,
    String system,
    List<Spoken> turns,
    List<Ask.Offer> tools,
    Ask.Choice choice,
    Optional<JsonNode> schema,
    Optional<String> effort,
    OptionalLong cap) {

  /** One side's turn; neighbours of one side are one turn. */
  record Spoken(boolean model, List<Piece> pieces) {
    public Spoken {
      pieces = List.copyOf(pieces);
    }

    static Spoken user(Piece... pieces) {
      return new Spoken(false, List.of(pieces));
    }

    static Spoken model(Piece... pieces) {
      return new Spoken(true, List.of(pieces));
    }
  }

  Asked {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  /** Adds to the last turn if it is of the same side. */
  static void add(List<Spoken> turns, boolean model, List<Piece> pieces) {
    if (!turns.isEmpty() && turns.getLast().model() == model) {
      var longer = new ArrayList<>(turns.removeLast().pieces());
      longer.addAll(pieces);
      turns.add(new Spoken(model, longer));
    } else {
      turns.add(new Spoken(model, pieces));
    }
  }
}
