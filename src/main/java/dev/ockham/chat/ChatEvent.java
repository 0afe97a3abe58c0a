package dev.ockham.chat;

import java.util.List;
import java.util.Optional;

/**
 * One step of an answer. Every answer, streamed or not, is a sequence of these: {@link Started},
 * content, {@link UsageReported} any time (the last one counts), then exactly one of {@link
 * Finished} and {@link Failed}. A sequence without either was cut.
 */
public sealed interface ChatEvent {
  /** The answer begins. {@code id} and {@code model} are what the provider called them. */
  record Started(String id, String model) implements ChatEvent {}

  record TextDelta(String text) implements ChatEvent {
    /** Prints no content. */
    @Override
    public String toString() {
      return "TextDelta[" + text.length() + " characters]";
    }
  }

  record ReasoningDelta(String text) implements ChatEvent {
    /** Prints no content. */
    @Override
    public String toString() {
      return "ReasoningDelta[" + text.length() + " characters]";
    }
  }

  /**
   * Closes the reasoning so far, which may be none that can be read, with what its maker wants back
   * unchanged. Where a maker ties it to a tool call or a text, it comes right before the call or
   * right after the text.
   */
  record ReasoningSigned(ReasoningState state) implements ChatEvent {}

  /** Log probabilities of the text just before. */
  record TokensScored(List<ScoredToken> tokens) implements ChatEvent {
    public TokensScored {
      tokens = List.copyOf(tokens);
    }
  }

  /** A tool call begins; {@code index} counts tool calls of this answer from 0. */
  record ToolCallStarted(int index, String id, String name) implements ChatEvent {}

  /** More of the JSON text of a call's arguments. Calls may interleave. */
  record ToolCallDelta(int index, String arguments) implements ChatEvent {
    /** Prints no content. */
    @Override
    public String toString() {
      return "ToolCallDelta[" + index + ", " + arguments.length() + " characters]";
    }
  }

  record UsageReported(Usage usage) implements ChatEvent {}

  /**
   * @param stopSequence the stop sequence that was met, if the provider told
   */
  record Finished(StopReason reason, Optional<String> stopSequence) implements ChatEvent {}

  /** The provider reported an error after it had begun to answer. */
  record Failed(ChatError error) implements ChatEvent {}
}
