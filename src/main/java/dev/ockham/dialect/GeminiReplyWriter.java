package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.JsonText;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes generateContent replies. Reasoning that another maker wants back goes in an envelope where
 * Gemini has a signature: on the part that comes next, else on an empty thought.
 */
final class GeminiReplyWriter implements ReplyWriter {
  private final Head head;
  private final boolean showsThoughts;
  private final GeminiCallQueue calls = new GeminiCallQueue();
  private String id = "";
  private Usage usage = Usage.ABSENT;
  private boolean callLost;

  /** The envelope for the next part; empty where there is none. */
  private String signature = "";

  GeminiReplyWriter(Head head) {
    this.head = head;
    this.showsThoughts = head.asked().request().thinking().shown().orElse(false);
  }

  @Override
  public void event(ChatEvent event, Bytes out) {
    switch (event) {
      case ChatEvent.Started(String upstream, var _) -> id = upstream;
      case ChatEvent.TextDelta(String text) -> chunk(out, json -> text(json, text));
      case ChatEvent.ReasoningDelta(String text) -> {
        if (showsThoughts) {
          chunk(out, json -> thought(json, text, ""));
        }
      }
      case ChatEvent.ReasoningSigned(ReasoningState state) -> {
        if (!signature.isEmpty()) {
          chunk(out, this::carrier);
        }
        signature = head.carriage().seal().seal(state);
      }
      case ChatEvent.TokensScored(var tokens) -> chunk(out, tokens);
      case ChatEvent.ToolCallStarted(var _, String call, String name) -> {
        calls.begin(call, name, signature);
        signature = "";
      }
      case ChatEvent.ToolCallDelta(int index, String arguments) -> {
        calls.add(index, arguments);
        calls.takeComplete().forEach(call -> chunk(out, json -> call(json, call)));
      }
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished finished -> finish(finished.reason(), out);
      case ChatEvent.Failed failed -> out.write(GeminiGenerate.WIRE.errorEvent(failed.error()));
    }
  }

  @Override
  public Set<String> losses() {
    return callLost ? Set.of("tool call: not sent, the cap on output cut it") : Set.of();
  }

  @Override
  public byte[] broken(ChatError error) {
    return GeminiGenerate.WIRE.errorEvent(error);
  }

  private void finish(StopReason reason, Bytes out) {
    for (GeminiCallQueue.Call call : calls.takeAll()) {
      if (isWhole(call, reason)) {
        chunk(out, json -> call(json, call));
      }
    }
    chunk(
        out,
        json -> {
          json.array("candidates").object();
          content(json, signature.isEmpty() ? parts -> text(parts, "") : this::carrier);
          json.text("finishReason", word(reason)).number("index", 0).end().end();
          GeminiCounts.write(json, usage);
        },
        true);
  }

  /** Adds fields to an object, or elements to an array, that has begun. */
  private interface Fields {
    void into(JsonWriter json);
  }

  private void chunk(Bytes out, Fields parts) {
    chunk(
        out,
        json -> {
          json.array("candidates").object();
          content(json, parts);
          json.number("index", 0).end().end();
        },
        true);
  }

  private void chunk(Bytes out, List<ScoredToken> tokens) {
    chunk(
        out,
        json -> {
          json.array("candidates").object();
          content(json, parts -> text(parts, ""));
          GeminiScores.write(json, tokens);
          json.number("index", 0).end().end();
        },
        true);
  }

  private void chunk(Bytes out, Fields fields, boolean framed) {
    out.write(framed ? "data: " : "");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      fields.into(json);
      json.text("modelVersion", head.model());
      if (!id.isEmpty()) {
        json.text("responseId", id);
      }
      json.end();
    }
    out.write(framed ? "\n\n" : "");
  }

  private static void content(JsonWriter json, Fields parts) {
    json.object("content").array("parts");
    parts.into(json);
    json.end().text("role", "model").end();
  }

  private void text(JsonWriter json, String text) {
    json.object().text("text", text);
    sign(json);
    json.end();
  }

  private static void thought(JsonWriter json, String text, String signature) {
    json.object().text("text", text).flag("thought", true);
    if (!signature.isEmpty()) {
      json.text("thoughtSignature", signature);
    }
    json.end();
  }

  /** Clients drop texts that are empty from what they send again, but not thoughts. */
  private void carrier(JsonWriter json) {
    thought(json, "", signature);
    signature = "";
  }

  private void sign(JsonWriter json) {
    if (!signature.isEmpty()) {
      json.text("thoughtSignature", signature);
      signature = "";
    }
  }

  private static void call(JsonWriter json, GeminiCallQueue.Call call) {
    String arguments = call.arguments();
    if (!arguments.isBlank() && !JsonReader.isObject(arguments)) {
      throw Rejected.reply(
          "The model called "
              + JsonReader.quoted(call.name())
              + " with arguments that are not a JSON object; ask again, or ask another model");
    }
    json.object().object("functionCall").text("id", call.id()).text("name", call.name());
    json.json("args", arguments.isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments)).end();
    if (!call.signature().isEmpty()) {
      json.text("thoughtSignature", call.signature());
    }
    json.end();
  }

  /** A call that was cut by the cap is no call. */
  private boolean isWhole(GeminiCallQueue.Call call, StopReason reason) {
    boolean cut =
        reason == StopReason.MAX_OUTPUT
            && !call.arguments().isBlank()
            && !JsonReader.isObject(call.arguments());
    callLost |= cut;
    return !cut;
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    id = answer.id;
    usage = answer.usage;
    StopReason reason = answer.stop.orElse(StopReason.OTHER);
    chunk(
        out,
        json -> {
          json.array("candidates").object();
          if (answer.pieces.isEmpty()) {
            json.object("content").text("role", "model").end();
          } else {
            content(json, parts -> pieces(parts, answer, reason));
          }
          json.text("finishReason", word(reason)).number("index", 0);
          if (!answer.scored.isEmpty()) {
            GeminiScores.write(json, answer.scored);
          }
          json.end().end();
          GeminiCounts.write(json, usage);
        },
        false);
  }

  private void pieces(JsonWriter json, Answer answer, StopReason reason) {
    for (Answer.Piece piece : answer.pieces) {
      switch (piece) {
        case Answer.Said(StringBuilder text) -> text(json, text.toString());
        case Answer.Thought thought -> thought(json, thought);
        case Answer.Call(String call, String name, StringBuilder arguments) -> {
          var made = new GeminiCallQueue.Call(call, name, signature, arguments.toString());
          if (isWhole(made, reason)) {
            call(json, made);
            signature = "";
          }
        }
      }
    }
    if (!signature.isEmpty()) {
      carrier(json);
    }
  }

  private void thought(JsonWriter json, Answer.Thought thought) {
    if (showsThoughts && !thought.text.isEmpty()) {
      thought(json, thought.text.toString(), "");
    }
    Optional<ReasoningState> state = thought.state;
    if (state.isPresent()) {
      if (!signature.isEmpty()) {
        carrier(json);
      }
      signature = head.carriage().seal().seal(state.get());
    }
  }

  private static String word(StopReason reason) {
    return switch (reason) {
      case END_OF_TURN, STOP_SEQUENCE, TOOL_CALLS -> "STOP";
      case MAX_OUTPUT -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
      case OTHER -> "OTHER";
    };
  }
}
