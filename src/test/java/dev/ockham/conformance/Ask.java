package dev.ockham.conformance;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a client asks, in no dialect: the speakers say it in theirs. */
record Ask(
    String model,
    boolean stream,
    String system,
    List<Turn> turns,
    List<Offer> tools,
    Choice choice,
    Optional<JsonNode> schema,
    Optional<String> effort) {

  /** Every client caps the answer, so that no provider has to choose. */
  static final int CAP = 2048;

  /** The word for the shape asked for, where a dialect wants one. */
  static final String SCHEMA_NAME = "answer";

  /** A tool on offer. */
  record Offer(String name, String description, JsonNode schema) {}

  /** Whether a tool must be called. */
  enum Choice {
    AUTO,
    REQUIRED,
    /** The first tool on offer must be called. */
    FIRST,
    NONE
  }

  Ask {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  static Ask of(String model, Turn... turns) {
    return new Ask(
        model,
        false,
        "",
        List.of(turns),
        List.of(),
        Choice.AUTO,
        Optional.empty(),
        Optional.empty());
  }

  Ask streamed(boolean wanted) {
    return new Ask(model, wanted, system, turns, tools, choice, schema, effort);
  }

  Ask told(String instructions) {
    return new Ask(model, stream, instructions, turns, tools, choice, schema, effort);
  }

  Ask offering(Choice must, Offer... offers) {
    return new Ask(model, stream, system, turns, List.of(offers), must, schema, effort);
  }

  Ask shaped(JsonNode shape) {
    return new Ask(model, stream, system, turns, tools, choice, Optional.of(shape), effort);
  }

  Ask thinking(String hard) {
    return new Ask(model, stream, system, turns, tools, choice, schema, Optional.of(hard));
  }

  /** The same conversation, gone on. */
  Ask then(Turn... more) {
    var longer = new java.util.ArrayList<>(turns);
    longer.addAll(List.of(more));
    return new Ask(model, stream, system, longer, tools, choice, schema, effort);
  }
}
