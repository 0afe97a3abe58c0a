package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole answer, gathered from its events. */
final class Answer implements Consumer<ChatEvent> {

  /** A tool call and its arguments so far. */
  record Call(String id, String name, StringBuilder arguments) {}

  String id = "";
  final StringBuilder text = new StringBuilder();
  final List<Call> calls = new ArrayList<>();
  Usage usage = Usage.ABSENT;
  Optional<StopReason> stop = Optional.empty();
  Optional<String> stopSequence = Optional.empty();
  Optional<ChatError> failure = Optional.empty();

  @Override
  public void accept(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started(String said, var _) -> id = said;
      case ChatEvent.TextDelta(String more) -> text.append(more);
      case ChatEvent.ToolCallStarted(var _, String call, String name) ->
          calls.add(new Call(call, name, new StringBuilder()));
      case ChatEvent.ToolCallDelta(int index, String more) ->
          calls.get(index).arguments().append(more);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished(StopReason reason, Optional<String> sequence) -> {
        stop = Optional.of(reason);
        stopSequence = sequence;
      }
      case ChatEvent.Failed(ChatError error) -> failure = Optional.of(error);
      case ChatEvent.ReasoningDelta _, ChatEvent.ReasoningSigned _ -> {}
    }
  }
}
