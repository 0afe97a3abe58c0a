package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Usage;
import java.util.Set;

/** Writes Chat Completions replies. */
final class OpenAiReplyWriter implements ReplyWriter {
  private final Head head;
  private String id = "chatcmpl-";
  private Usage usage = Usage.ABSENT;
  private boolean reasoningLost;

  OpenAiReplyWriter(Head head) {
    this.head = head;
  }

  @Override
  public void event(ChatEvent event, Bytes out) {
    switch (event) {
      case ChatEvent.Started(String upstream, var _) -> {
        id = idOf(upstream);
        delta(out, json -> json.text("role", "assistant").text("content", ""));
      }
      case ChatEvent.TextDelta(String text) -> delta(out, json -> json.text("content", text));
      case ChatEvent.ToolCallStarted(int index, String call, String name) ->
          delta(
              out,
              json -> {
                json.array("tool_calls").object().number("index", index).text("id", call);
                json.text("type", "function").object("function").text("name", name);
                json.text("arguments", "").end().end().end();
              });
      case ChatEvent.ToolCallDelta(int index, String arguments) ->
          delta(
              out,
              json -> {
                json.array("tool_calls").object().number("index", index);
                json.object("function").text("arguments", arguments).end().end().end();
              });
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished finished -> finish(finished.reason(), out);
      case ChatEvent.Failed failed -> out.write(OpenAiChat.WIRE.errorEvent(failed.error()));
      case ChatEvent.ReasoningDelta _, ChatEvent.ReasoningSigned _ -> reasoningLost = true;
      case ChatEvent.TokensScored _ -> {}
    }
  }

  @Override
  public Set<String> losses() {
    return reasoningLost ? Set.of("reasoning: not sent, only its maker can read it") : Set.of();
  }

  @Override
  public byte[] broken(ChatError error) {
    return OpenAiChat.WIRE.errorEvent(error);
  }

  /** Adds fields to an object that has begun. */
  private interface Fields {
    void into(JsonWriter json);
  }

  private void delta(Bytes out, Fields delta) {
    chunk(
        out,
        json -> {
          json.array("choices").object().number("index", 0).object("delta");
          delta.into(json);
          json.end().nothing("finish_reason").end().end();
        });
  }

  private void finish(StopReason reason, Bytes out) {
    chunk(
        out,
        json -> {
          json.array("choices").object().number("index", 0).object("delta").end();
          json.text("finish_reason", word(reason)).end().end();
        });
    if (head.streamUsage() && !usage.isAbsent()) {
      chunk(
          out,
          json -> {
            json.array("choices").end();
            Counts.writeOpenAi(json, usage);
          });
    }
    out.write("data: [DONE]\n\n");
  }

  private void chunk(Bytes out, Fields fields) {
    out.write("data: ");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      begin(json, "chat.completion.chunk");
      fields.into(json);
      json.end();
    }
    out.write("\n\n");
  }

  private void begin(JsonWriter json, String object) {
    json.text("id", id).text("object", object).number("created", head.created());
    json.text("model", head.model());
  }

  @Override
  public void whole(Answer answer, Bytes out) {
    reasoningLost = answer.pieces.stream().anyMatch(Answer.Thought.class::isInstance);
    id = idOf(answer.id);
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      begin(json, "chat.completion");
      json.array("choices").object().number("index", 0).object("message").text("role", "assistant");
      if (answer.text.isEmpty() && !answer.calls.isEmpty()) {
        json.nothing("content");
      } else {
        json.text("content", answer.text.toString());
      }
      json.nothing("refusal");
      calls(json, answer);
      json.end().nothing("logprobs");
      json.text("finish_reason", word(answer.stop.orElse(StopReason.OTHER))).end().end();
      Counts.writeOpenAi(json, answer.usage);
      json.end();
    }
  }

  private static void calls(JsonWriter json, Answer answer) {
    if (answer.calls.isEmpty()) {
      return;
    }
    json.array("tool_calls");
    for (Answer.Call call : answer.calls) {
      String arguments = call.arguments().isEmpty() ? "{}" : call.arguments().toString();
      json.object().text("id", call.id()).text("type", "function").object("function");
      json.text("name", call.name()).text("arguments", arguments).end().end();
    }
    json.end();
  }

  private static String idOf(String upstream) {
    return upstream.startsWith("chatcmpl-") ? upstream : "chatcmpl-" + upstream;
  }

  private static String word(StopReason reason) {
    return switch (reason) {
      case END_OF_TURN, STOP_SEQUENCE, OTHER -> "stop";
      case MAX_OUTPUT -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
    };
  }
}
