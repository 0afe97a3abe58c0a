package dev.ockham.conformance;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Usage;
import dev.ockham.testing.Received;
import java.util.List;

/**
 * A provider of one dialect: reads requests as strictly as the real one, and answers in its bytes.
 */
interface UpstreamSpeaker {
  Dialect dialect();

  /** What follows scheme, host and port in an endpoint's base address. */
  String basePath();

  /** Fails with an {@link AssertionError} on what the real provider would refuse. */
  Asked read(Received request);

  default String streamType() {
    return "text/event-stream";
  }

  byte[] whole(Answer.Spoken answer, String model);

  /**
   * The stream's events, each in its bytes.
   *
   * @param usageWanted whether the request asked for usage, where a dialect wants to be asked
   */
  List<byte[]> stream(Answer.Spoken answer, String model, boolean usageWanted);

  /** An error body; its status is the problem's. */
  byte[] problem(Problem problem);

  /** Headers that belong to an error. */
  default List<String> problemHeaders(Problem problem) {
    return List.of();
  }

  /** What is left of a usage when this dialect reports it. */
  Usage sayable(Usage usage);

  /** Whether thoughts with state can be said. */
  default boolean thinks() {
    return true;
  }

  /** Whether a thought's text must come back with its state, letter by letter. */
  default boolean bindsThoughtsToText() {
    return false;
  }

  /** Whether calls may come without ids, so that order and name tell which result is whose. */
  default boolean mayOmitIds() {
    return false;
  }

  /** Whether a tool's failure can be said. */
  default boolean hasToolErrors() {
    return false;
  }
}
