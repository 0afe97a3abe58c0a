package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Optional;
import java.util.Set;

/** What every reply knows from the events that went by. */
abstract sealed class TrackedReply implements ReplyStream permits StreamedReply, WholeReply {
  boolean begun;
  boolean finished;
  Optional<ChatError> failure = Optional.empty();
  private Usage usage = Usage.ABSENT;
  private Optional<StopReason> stop = Optional.empty();
  private long outputChars;

  final void track(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started _ -> begun = true;
      case ChatEvent.TextDelta(String text) -> outputChars += text.length();
      case ChatEvent.ReasoningDelta(String text) -> outputChars += text.length();
      case ChatEvent.ToolCallDelta(var _, String arguments) -> outputChars += arguments.length();
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished finish -> {
        stop = Optional.of(finish.reason());
        finished = true;
      }
      case ChatEvent.Failed failed -> {
        failure = Optional.of(failed.error());
        finished = true;
      }
      case ChatEvent.ToolCallStarted _, ChatEvent.ReasoningSigned _, ChatEvent.TokensScored _ -> {}
    }
  }

  final boolean isOver() {
    return finished || failure.isPresent();
  }

  @Override
  public final boolean begun() {
    return begun;
  }

  @Override
  public final boolean finished() {
    return finished;
  }

  @Override
  public final Usage usage() {
    return usage;
  }

  @Override
  public final Optional<StopReason> stop() {
    return stop;
  }

  @Override
  public final Optional<ChatError> failure() {
    return failure;
  }

  @Override
  public final long outputChars() {
    return outputChars;
  }

  @Override
  public Set<String> losses() {
    return Set.of();
  }
}
