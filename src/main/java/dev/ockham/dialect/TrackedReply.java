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
  private boolean answered;

  final void track(ChatEvent event) {
    switch (event) {
      case ChatEvent.Started _ -> begun = true;
      case ChatEvent.TextDelta(String text) -> {
        outputChars += text.length();
        answered |= !text.isEmpty();
      }
      case ChatEvent.ToolCallStarted _ -> answered = true;
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
      case ChatEvent.ReasoningSigned _, ChatEvent.TokensScored _ -> {}
    }
  }

  /**
   * The event as another dialect is told it. An end without a reason may be a cut; an answer
   * without a word, that ended for a reason only its own dialect has a name for, would look like an
   * empty success.
   */
  final ChatEvent judged(ChatEvent event, ReplyReader reader) {
    if (!(event instanceof ChatEvent.Finished(StopReason reason, var _))) {
      return event;
    }
    if (!reader.saidWhyItEnded()) {
      return new ChatEvent.Failed(Rejected.cut());
    }
    return !answered && reason == StopReason.OTHER
        ? new ChatEvent.Failed(
            Rejected.badReply("The model ended without an answer; ask again, or ask another model"))
        : event;
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
