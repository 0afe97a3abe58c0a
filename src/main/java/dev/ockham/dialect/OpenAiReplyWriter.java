package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import dev.ockham.chat.Tool;
import dev.ockham.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Writes Chat Completions replies. */
final class OpenAiReplyWriter implements ReplyWriter {
  private final Head head;
  private final Set<String> losses = new TreeSet<>();
  private final Bound bound = new Bound();
  private String id = "chatcmpl-";
  private Usage usage = Usage.ABSENT;

  /** State that belongs to the next tool call; this dialect has no other place for it. */
  private StringJoiner states = new StringJoiner(Unsealed.SEPARATOR);

  private boolean textNoted;

  /** Calls whose argument is plain text, by index: it is known when the call is complete. */
  private final Map<Integer, StringBuilder> freeform = new TreeMap<>();

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
      case ChatEvent.TextDelta(String text) -> {
        said();
        delta(out, json -> json.text("content", text));
      }
      case ChatEvent.ReasoningDelta(String text) ->
          delta(out, json -> json.text("reasoning_content", text));
      case ChatEvent.ReasoningSigned(ReasoningState state) -> signed(state);
      case ChatEvent.ToolCallStarted call -> callStarted(call, out);
      case ChatEvent.ToolCallDelta(int index, String arguments) -> callDelta(index, arguments, out);
      case ChatEvent.TokensScored(List<ScoredToken> tokens) -> scored(tokens, out);
      case ChatEvent.UsageReported(Usage reported) -> usage = reported;
      case ChatEvent.Finished finished -> finish(finished.reason(), out);
      case ChatEvent.Failed failed -> out.write(OpenAiChat.WIRE.errorEvent(failed.error()));
    }
  }

  private void signed(ReasoningState state) {
    String sealed = head.carriage().seal().seal(state);
    bound.add(sealed.length());
    states.add(sealed);
  }

  /** Notes where text stands among what was signed. */
  private void said() {
    if (states.length() > 0 && !textNoted) {
      textNoted = true;
      states.add(Unsealed.TEXT);
    }
  }

  /** What was signed before a call is remembered by its id. */
  private void remember(String callId) {
    if (states.length() > 0) {
      head.carriage().memory().remember(callId, states.toString());
      states = new StringJoiner(Unsealed.SEPARATOR);
      textNoted = false;
    }
  }

  private void callStarted(ChatEvent.ToolCallStarted call, Bytes out) {
    remember(call.id());
    boolean plain = isFreeform(call.name());
    if (plain) {
      freeform.put(call.index(), new StringBuilder());
    }
    String type = plain ? "custom" : "function";
    delta(
        out,
        json -> {
          json.array("tool_calls").object().number("index", call.index()).text("id", call.id());
          json.text("type", type).object(type).text("name", call.name());
          json.text(plain ? "input" : "arguments", "").end().end().end();
        });
  }

  private boolean isFreeform(String tool) {
    for (Tool offered : head.asked().request().tools().offered()) {
      if (offered.name().equals(tool)) {
        return offered.kind() instanceof Tool.Kind.Freeform;
      }
    }
    return false;
  }

  private void callDelta(int index, String arguments, Bytes out) {
    StringBuilder gathered = freeform.get(index);
    if (gathered != null) {
      bound.add(arguments.length());
      gathered.append(arguments);
      return;
    }
    delta(
        out,
        json -> {
          json.array("tool_calls").object().number("index", index);
          json.object("function").text("arguments", arguments).end().end().end();
        });
  }

  private void inputs(Bytes out) {
    freeform.forEach((index, arguments) -> {
      String input = Freeform.text(arguments.toString());
      delta(
          out,
          json -> {
            json.array("tool_calls").object().number("index", index);
            json.object("custom").text("input", input).end().end().end();
          });
    });
  }

  private void scored(List<ScoredToken> tokens, Bytes out) {
    if (head.asked().request().options().logprobs().isEmpty()) {
      return;
    }
    chunk(
        out,
        json -> {
          json.array("choices").object().number("index", 0).object("delta").end();
          logprobs(json, tokens);
          json.nothing("finish_reason").end().end();
        });
  }

  private static void logprobs(JsonWriter json, List<ScoredToken> tokens) {
    json.object("logprobs").array("content");
    for (ScoredToken token : tokens) {
      json.object();
      scored(json, token.token(), token.logprob());
      json.array("top_logprobs");
      for (ScoredToken.Alternative other : token.alternatives()) {
        json.object();
        scored(json, other.token(), other.logprob());
        json.end();
      }
      json.end().end();
    }
    json.end().nothing("refusal").end();
  }

  private static void scored(JsonWriter json, String token, double logprob) {
    json.text("token", token).number("logprob", logprob).array("bytes");
    for (byte unit : token.getBytes(StandardCharsets.UTF_8)) {
      json.number(unit & 0xFF);
    }
    json.end();
  }

  @Override
  public Set<String> losses() {
    return losses;
  }

  @Override
  public byte[] broken(ChatError error) {
    return OpenAiChat.WIRE.errorEvent(error);
  }

  private void delta(Bytes out, Consumer<JsonWriter> delta) {
    chunk(
        out,
        json -> {
          json.array("choices").object().number("index", 0).object("delta");
          delta.accept(json);
          json.end().nothing("finish_reason").end().end();
        });
  }

  private void finish(StopReason reason, Bytes out) {
    inputs(out);
    unremembered();
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

  private void unremembered() {
    if (states.length() > 0) {
      losses.add("reasoning state: not kept, no tool call follows to keep it by");
    }
  }

  private void chunk(Bytes out, Consumer<JsonWriter> fields) {
    out.write("data: ");
    try (JsonWriter json = new JsonWriter(out)) {
      json.object();
      begin(json, "chat.completion.chunk");
      fields.accept(json);
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
    id = idOf(answer.id);
    String reasoning = gathered(answer);
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
      if (!reasoning.isEmpty()) {
        json.text("reasoning_content", reasoning);
      }
      calls(json, answer);
      json.end();
      if (answer.scored.isEmpty() || head.asked().request().options().logprobs().isEmpty()) {
        json.nothing("logprobs");
      } else {
        logprobs(json, answer.scored);
      }
      json.text("finish_reason", word(answer.stop.orElse(StopReason.OTHER))).end().end();
      Counts.writeOpenAi(json, answer.usage);
      json.end();
    }
  }

  /** The text of all reasoning; its state is remembered by the calls that follow. */
  private String gathered(Answer answer) {
    var text = new StringBuilder();
    for (Answer.Piece piece : answer.pieces) {
      switch (piece) {
        case Answer.Thought thought -> {
          text.append(thought.text);
          thought.state.ifPresent(this::signed);
        }
        case Answer.Call call -> remember(call.id());
        case Answer.Said _ -> said();
      }
    }
    unremembered();
    return text.toString();
  }

  private void calls(JsonWriter json, Answer answer) {
    if (answer.calls.isEmpty()) {
      return;
    }
    json.array("tool_calls");
    for (Answer.Call call : answer.calls) {
      String arguments = call.arguments().isEmpty() ? "{}" : call.arguments().toString();
      json.object().text("id", call.id());
      if (isFreeform(call.name())) {
        json.text("type", "custom").object("custom").text("name", call.name());
        json.text("input", Freeform.text(arguments)).end().end();
      } else {
        json.text("type", "function").object("function").text("name", call.name());
        json.text("arguments", arguments).end().end();
      }
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
