package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole answer, gathered from its events. */
final class Answer implements Consumer<ChatEvent> {

  /** What an answer is made of, in the order it began. */
  sealed interface Piece {}

  record Said(StringBuilder text) implements Piece {}

  /** A tool call and its arguments so far. */
  record Call(String id, String name, StringBuilder arguments) implements Piece {}

  /** Reasoning; its state comes last, and nothing is added after it. */
  static final class Thought implements Piece {
    final StringBuilder text = new StringBuilder();
    Optional<ReasoningState> state = Optional.empty();
  }

  String id = "";
  final List<Piece> pieces = new ArrayList<>();
  final StringBuilder text = new StringBuilder();
  final List<Call> calls = new ArrayList<>();
  final List<ScoredToken> scored = new ArrayList<>();
  Usage usage = Usage.ABSENT;
  Optional<StopReason> stop = Optional.empty();
  Optional<String> stopSequence = Optional.empty();
  Optional<ChatError> failure = Optional.empty();

  @Override
  public void accept(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started(String said, var _) -> id = said;
      case ChatEvent.TextDelta(String more) -> say(more);
      case ChatEvent.ReasoningDelta(String more) -> thought().text.append(more);
      case ChatEvent.ReasoningSigned(ReasoningState state) -> thought().state = Optional.of(state);
      case ChatEvent.TokensScored(var tokens) -> scored.addAll(tokens);
      case ChatEvent.ToolCallStarted(var _, String call, String name) -> {
        var begun = new Call(call, name, new StringBuilder());
        calls.add(begun);
        pieces.add(begun);
      }
      case ChatEvent.ToolCallDelta(int index, String more) ->
          calls.get(index).arguments().append(more);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished(StopReason reason, Optional<String> sequence) -> {
        stop = Optional.of(reason);
        stopSequence = sequence;
      }
      case ChatEvent.Failed(ChatError error) -> failure = Optional.of(error);
    }
  }

  private void say(String more) {
    text.append(more);
    if (!pieces.isEmpty() && pieces.getLast() instanceof Said(StringBuilder said)) {
      said.append(more);
    } else {
      pieces.add(new Said(new StringBuilder(more)));
    }
  }

  /** The thought that is under way, or a new one. */
  private Thought thought() {
    if (!pieces.isEmpty() && pieces.getLast() instanceof Thought open && open.state.isEmpty()) {
      return open;
    }
    var begun = new Thought();
    pieces.add(begun);
    return begun;
  }
}
