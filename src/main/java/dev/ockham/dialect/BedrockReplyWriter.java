package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;

/** Writes Converse replies. */
final class BedrockReplyWriter implements ReplyWriter {
  private final Head head;
  private final BlockOrder blocks;
  private Usage usage = Usage.ABSENT;

  BedrockReplyWriter(Head head) {
    this.head = head;
    this.blocks = new BlockOrder(new BedrockBlocks(head.carriage().seal()));
  }

  @Override
  public void event(ChatEvent event, Bytes out) {
    switch (event) {
      case ChatEvent.Started _ ->
          EventStreamWriter.event("messageStart", out, json -> json.text("role", "assistant"));
      case ChatEvent.TextDelta(String text) -> blocks.text(text, out);
      case ChatEvent.ReasoningDelta(String text) -> blocks.thought(text, out);
      case ChatEvent.ReasoningSigned(ReasoningState state) -> blocks.signed(state, out);
      case ChatEvent.ToolCallStarted call -> blocks.callStarted(call, out);
      case ChatEvent.ToolCallDelta(int call, String arguments) ->
          blocks.callDelta(call, arguments, out);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished finished -> finish(finished.reason(), out);
      case ChatEvent.Failed failed -> out.write(BedrockErrors.event(failed.error()));
      case ChatEvent.TokensScored _ -> {}
    }
  }

  private void finish(StopReason reason, Bytes out) {
    blocks.finish(out);
    EventStreamWriter.event("messageStop", out, json -> json.text("stopReason", word(reason)));
    EventStreamWriter.event("metadata", out, json -> measured(json, usage));
  }

  private void measured(JsonWriter json, Usage counted) {
    BedrockCounts.write(json, counted);
    json.object("metrics").number("latencyMs", head.latencyMillis().getAsLong()).end();
  }

  @Override
  public byte[] broken(ChatError error) {
    return BedrockErrors.event(error);
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    try (JsonWriter json = new JsonWriter(out)) {
      json.object().object("output").object("message").text("role", "assistant");
      json.array("content");
      for (Answer.Piece piece : answer.pieces) {
        json.object();
        piece(json, piece);
        json.end();
      }
      json.end().end().end();
      json.text("stopReason", word(answer.stop.orElse(StopReason.OTHER)));
      measured(json, answer.usage);
      json.end();
    }
  }

  private void piece(JsonWriter json, Answer.Piece piece) {
    switch (piece) {
      case Answer.Said(StringBuilder text) -> json.text("text", text.toString());
      case Answer.Call call -> call(json, call);
      case Answer.Thought thought when thought.text.isEmpty() ->
          json.object("reasoningContent")
              .text("redactedContent", thought.state.map(head.carriage().seal()::seal).orElse(""))
              .end();
      case Answer.Thought thought -> {
        json.object("reasoningContent").object("reasoningText");
        json.text("text", thought.text.toString());
        thought.state.ifPresent(
            state -> json.text("signature", head.carriage().seal().seal(state)));
        json.end().end();
      }
    }
  }

  private static void call(JsonWriter json, Answer.Call call) {
    String arguments = call.arguments().toString();
    if (!arguments.isBlank() && !JsonReader.isObject(arguments)) {
      throw Rejected.reply(
          "The model called "
              + JsonReader.quoted(call.name())
              + " with arguments that are not a JSON object; ask again, or ask another model");
    }
    json.object("toolUse").text("toolUseId", call.id()).text("name", call.name());
    json.json("input", arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments));
    json.end();
  }

  private static String word(StopReason reason) {
    return switch (reason) {
      case END_OF_TURN, OTHER -> "end_turn";
      case MAX_OUTPUT -> "max_tokens";
      case STOP_SEQUENCE -> "stop_sequence";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "content_filtered";
    };
  }
}
