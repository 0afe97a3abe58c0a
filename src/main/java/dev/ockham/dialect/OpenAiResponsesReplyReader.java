package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads Responses replies: a whole response, or the events that make one up. */
final class OpenAiResponsesReplyReader implements ReplyReader {
  private static final int NO_CALL = -1;

  private final Counts.OpenAi counts = Counts.OpenAi.ofResponses();

  /** What is known of each item, by its place in the output. */
  private final Map<Long, Heard> heard = new HashMap<>();

  private String id = "";
  private String model = "";
  private boolean started;
  private int calls;

  /** What was heard of an item before it was done, which tells it all once more. */
  private static final class Heard {
    private int call = NO_CALL;
    private boolean said;
    private boolean ended;
  }

  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    var event = new OpenAiResponsesEvent(counts);
    try (JsonReader in = JsonReader.of(data, from, to)) {
      event.read(in);
    }
    switch (event.type.isEmpty() ? name : event.type) {
      case "response.created" -> named(event);
      case "response.output_item.added" -> added(event, sink);
      case "response.output_text.delta", "response.refusal.delta" -> text(event, sink);
      case "response.reasoning_summary_part.added" -> {
        if (event.partIndex > 0) {
          start(sink);
          sink.accept(new ChatEvent.ReasoningDelta("\n\n"));
        }
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          reasoning(event, sink);
      case "response.function_call_arguments.delta" -> arguments(event, sink);
      case "response.output_item.done" -> done(event.outputIndex, event.item, sink);
      case "response.completed", "response.incomplete", "response.failed" -> {
        named(event);
        finish(event, sink);
      }
      case "error" -> sink.accept(new ChatEvent.Failed(event.error()));
      default -> {}
    }
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    var event = new OpenAiResponsesEvent(counts);
    try (JsonReader in = JsonReader.of(body)) {
      event.readWhole(in);
      in.end();
    }
    if (event.isResponse) {
      named(event);
      finish(event, sink);
    } else if (event.hasError()) {
      sink.accept(new ChatEvent.Failed(event.error()));
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }

  private void named(OpenAiResponsesEvent event) {
    id = event.id;
    model = event.model;
  }

  /** Begins with the first thing said: what fails before that, another model may answer. */
  private void start(Consumer<ChatEvent> sink) {
    if (!started) {
      started = true;
      sink.accept(new ChatEvent.Started(id, model));
    }
  }

  private Heard heard(long index) {
    return heard.computeIfAbsent(index, k -> new Heard());
  }

  private void added(OpenAiResponsesEvent event, Consumer<ChatEvent> sink) {
    start(sink);
    if (event.item.isCall()) {
      begin(heard(event.outputIndex), event.item, sink);
    }
  }

  private void begin(Heard item, OpenAiResponsesEvent.Item call, Consumer<ChatEvent> sink) {
    item.call = calls++;
    String name = OpenAiResponsesToolReader.joined(call.namespace, call.name);
    String id = call.callId.isEmpty() ? "call_" + item.call : call.callId;
    sink.accept(new ChatEvent.ToolCallStarted(item.call, id, name));
  }

  private void text(OpenAiResponsesEvent event, Consumer<ChatEvent> sink) {
    start(sink);
    heard(event.outputIndex).said = true;
    text(event.delta, event.scored, sink);
  }

  private static void text(String text, List<ScoredToken> scored, Consumer<ChatEvent> sink) {
    if (!text.isEmpty()) {
      sink.accept(new ChatEvent.TextDelta(text));
    }
    if (!scored.isEmpty()) {
      sink.accept(new ChatEvent.TokensScored(scored));
    }
  }

  private void reasoning(OpenAiResponsesEvent event, Consumer<ChatEvent> sink) {
    start(sink);
    heard(event.outputIndex).said = true;
    if (!event.delta.isEmpty()) {
      sink.accept(new ChatEvent.ReasoningDelta(event.delta));
    }
  }

  private void arguments(OpenAiResponsesEvent event, Consumer<ChatEvent> sink) {
    Heard item = heard(event.outputIndex);
    if (item.call != NO_CALL && !event.delta.isEmpty()) {
      item.said = true;
      sink.accept(new ChatEvent.ToolCallDelta(item.call, event.delta));
    }
  }

  /** Says what was not heard of an item before. */
  private void done(long index, OpenAiResponsesEvent.Item item, Consumer<ChatEvent> sink) {
    start(sink);
    Heard before = heard(index);
    if (before.ended) {
      return;
    }
    before.ended = true;
    switch (item.type) {
      case "message" -> {
        if (!before.said) {
          text(item.text(), item.scored, sink);
        }
      }
      case "reasoning" -> {
        if (!before.said && !item.text().isEmpty()) {
          sink.accept(new ChatEvent.ReasoningDelta(item.text()));
        }
        if (!item.encrypted.isEmpty()) {
          var state = new OpenAiResponsesState(item.id, item.encrypted);
          sink.accept(new ChatEvent.ReasoningSigned(state.carried()));
        }
      }
      case "function_call", "custom_tool_call" -> {
        if (before.call == NO_CALL) {
          begin(before, item, sink);
        }
        String said = item.arguments();
        if (!before.said && !said.isEmpty()) {
          sink.accept(new ChatEvent.ToolCallDelta(before.call, said));
        }
      }
      default -> {}
    }
  }

  private void finish(OpenAiResponsesEvent event, Consumer<ChatEvent> sink) {
    for (int i = 0; i < event.output.size(); i++) {
      done(i, event.output.get(i), sink);
    }
    if (event.status.equals("queued") || event.status.equals("in_progress")) {
      throw Rejected.reply("The provider sent a response that has not finished");
    }
    if (!event.status.equals("failed")) {
      start(sink);
    }
    if (event.hasUsage) {
      sink.accept(new ChatEvent.UsageReported(counts.usage()));
    }
    switch (event.status) {
      case "completed" -> end(calls > 0 ? StopReason.TOOL_CALLS : StopReason.END_OF_TURN, sink);
      case "incomplete" -> end(event.cut(), sink);
      case "failed", "cancelled" -> sink.accept(new ChatEvent.Failed(event.error()));
      default -> {}
    }
  }

  private static void end(StopReason reason, Consumer<ChatEvent> sink) {
    sink.accept(new ChatEvent.Finished(reason, Optional.empty()));
  }
}
