package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Optional;

/** Writes Messages replies. */
final class AnthropicReplyWriter implements ReplyWriter {
  private static final ReasoningState UNSIGNED = new ReasoningState(Dialect.OPENAI_CHAT, "");

  private final Head head;
  private final BlockOrder blocks;
  private Usage usage = Usage.ABSENT;
  private boolean thinking;

  AnthropicReplyWriter(Head head) {
    this.head = head;
    this.blocks = new BlockOrder(new AnthropicBlocks(head.carriage().seal()));
  }

  @Override
  public void event(ChatEvent event, Bytes out) {
    switch (event) {
      case ChatEvent.Started(String upstream, var _) -> start(upstream, out);
      case ChatEvent.TextDelta(String text) -> {
        thought(out);
        blocks.text(text, out);
      }
      case ChatEvent.ToolCallStarted call -> {
        thought(out);
        blocks.callStarted(call, out);
      }
      case ChatEvent.ToolCallDelta(int call, String arguments) ->
          blocks.callDelta(call, arguments, out);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished(StopReason reason, Optional<String> sequence) ->
          finish(reason, sequence, out);
      case ChatEvent.Failed failed -> out.write(AnthropicMessages.WIRE.errorEvent(failed.error()));
      case ChatEvent.ReasoningDelta(String text) -> {
        thinking = true;
        blocks.thought(text, out);
      }
      case ChatEvent.ReasoningSigned(ReasoningState state) -> {
        thinking = false;
        blocks.signed(state, out);
      }
      case ChatEvent.TokensScored _ -> {} // nobody can ask for them in this dialect
    }
  }

  /**
   * Thinking that came without state gets a mark, so that Anthropic is never told it is its own.
   */
  private void thought(Bytes out) {
    if (thinking) {
      thinking = false;
      blocks.signed(UNSIGNED, out);
    }
  }

  @Override
  public byte[] broken(ChatError error) {
    return AnthropicMessages.WIRE.errorEvent(error);
  }

  // The counts are not known yet: they are zero here, and whole in message_delta, so that clients
  // that add and clients that replace come to the same.
  private void start(String upstream, Bytes out) {
    AnthropicBlocks.event(
        "message_start",
        out,
        json -> {
          json.object("message");
          begin(json, upstream);
          json.array("content").end().nothing("stop_reason").nothing("stop_sequence");
          Counts.writeAnthropic(json, usage);
          json.end();
        });
  }

  private void finish(StopReason reason, Optional<String> sequence, Bytes out) {
    thought(out);
    blocks.finish(out);
    AnthropicBlocks.event(
        "message_delta",
        out,
        json -> {
          json.object("delta");
          stop(json, reason, sequence);
          json.end();
          Counts.writeAnthropic(json, usage);
        });
    AnthropicBlocks.event("message_stop", out, json -> {});
  }

  private void begin(JsonWriter json, String upstream) {
    String id = upstream.startsWith("msg_") ? upstream : "msg_" + upstream;
    json.text("id", id).text("type", "message").text("role", "assistant");
    json.text("model", head.model());
  }

  private static void stop(JsonWriter json, StopReason reason, Optional<String> sequence) {
    json.text("stop_reason", word(reason));
    if (sequence.isPresent()) {
      json.text("stop_sequence", sequence.get());
    } else {
      json.nothing("stop_sequence");
    }
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      begin(json, answer.id);
      json.array("content");
      answer.pieces.forEach(piece -> piece(json, piece));
      json.end();
      stop(json, answer.stop.orElse(StopReason.OTHER), answer.stopSequence);
      Counts.writeAnthropic(json, answer.usage);
      json.end();
    }
  }

  private void piece(JsonWriter json, Answer.Piece piece) {
    switch (piece) {
      case Answer.Said(StringBuilder text) -> {
        if (!text.isEmpty()) {
          json.object().text("type", "text").text("text", text.toString()).end();
        }
      }
      case Answer.Call call -> call(json, call);
      case Answer.Thought thought -> {
        String sealed = head.carriage().seal().seal(thought.state.orElse(UNSIGNED));
        json.object();
        if (thought.text.isEmpty()) {
          json.text("type", "redacted_thinking").text("data", sealed);
        } else {
          json.text("type", "thinking").text("thinking", thought.text.toString());
          json.text("signature", sealed);
        }
        json.end();
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
    json.object().text("type", "tool_use").text("id", call.id()).text("name", call.name());
    json.json("input", arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments));
    json.end();
  }

  private static String word(StopReason reason) {
    return switch (reason) {
      case END_OF_TURN, OTHER -> "end_turn";
      case MAX_OUTPUT -> "max_tokens";
      case STOP_SEQUENCE -> "stop_sequence";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "refusal";
    };
  }
}
