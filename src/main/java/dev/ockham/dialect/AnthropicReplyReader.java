package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads Messages replies: a whole message, or the events that make one up. */
final class AnthropicReplyReader implements ReplyReader {
  private final Counts.Anthropic counts = new Counts.Anthropic();
  private static final int LONGEST_THINKING = 4 << 20;

  private final List<ChatEvent> found = new ArrayList<>();
  private int calls;
  private boolean inToolCall;

  /** The thinking under way; what is longer than anyone thinks is not kept. */
  private final StringBuilder thinking = new StringBuilder();

  private boolean tooLong;
  private String signature = "";

  // What the event or message being read says, its fields in any order.
  private String type = "";
  private String id = "";
  private String model = "";
  private String stopReason = "";
  private Optional<String> stopSequence = Optional.empty();
  private boolean argued;
  private boolean hasUsage;
  private Optional<ChatError> error = Optional.empty();

  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(data, from, to)) {
      object(in);
    }
    switch (type) {
      case "message_start" -> {
        sink.accept(new ChatEvent.Started(id, model));
        found.forEach(sink);
        usage(sink);
      }
      case "content_block_start", "content_block_delta" -> found.forEach(sink);
      case "content_block_stop" -> {
        sign();
        endCall();
        found.forEach(sink);
      }
      case "message_delta" -> usage(sink);
      case "message_stop" -> finish(sink);
      case "error" -> fail(sink);
      default -> {}
    }
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(body)) {
      object(in);
      in.end();
    }
    if (type.equals("error")) {
      fail(sink);
    } else if (type.equals("message")) {
      sink.accept(new ChatEvent.Started(id, model));
      found.forEach(sink);
      usage(sink);
      if (!stopReason.isEmpty()) {
        finish(sink);
      }
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }

  private void usage(Consumer<ChatEvent> sink) {
    if (hasUsage) {
      sink.accept(new ChatEvent.UsageReported(counts.usage()));
    }
  }

  @Override
  public boolean saidWhyItEnded() {
    return !stopReason.isEmpty();
  }

  private void finish(Consumer<ChatEvent> sink) {
    sink.accept(new ChatEvent.Finished(reason(stopReason), stopSequence));
  }

  private void fail(Consumer<ChatEvent> sink) {
    sink.accept(
        new ChatEvent.Failed(
            error.orElseGet(() ->
                new ChatError(
                    500, ChatError.Kind.SERVER, "", "The provider failed without a text"))));
  }

  private static StopReason reason(String word) {
    return switch (word) {
      case "end_turn" -> StopReason.END_OF_TURN;
      case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_OUTPUT;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "refusal" -> StopReason.CONTENT_FILTER;
      default -> StopReason.OTHER;
    };
  }

  private void object(JsonReader in) {
    type = "";
    hasUsage = false;
    found.clear();
    in.beginObject();
    fields(in);
  }

  private void fields(JsonReader in) {
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> type = in.textOrEmpty();
        case "message" -> nested(in);
        case "id" -> id = in.textOrEmpty();
        case "model" -> model = in.textOrEmpty();
        case "content" -> content(in);
        case "content_block" -> block(in);
        case "delta" -> delta(in);
        case "stop_reason" -> stopReason(in);
        case "stop_sequence" -> stopSequence(in);
        case "usage" -> readUsage(in);
        case "error" -> error = Optional.of(Errors.readInStream(in));
        default -> in.skip();
      }
    }
  }

  /** The message that {@code message_start} carries has the fields of a whole one. */
  private void nested(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    String outer = type;
    fields(in);
    type = outer;
  }

  private void readUsage(JsonReader in) {
    if (in.isObject()) {
      hasUsage = true;
      counts.read(in);
    } else {
      in.skip();
    }
  }

  private void stopReason(JsonReader in) {
    String word = in.textOrEmpty();
    stopReason = word.isEmpty() ? stopReason : word;
  }

  private void stopSequence(JsonReader in) {
    if (in.isText()) {
      stopSequence = Optional.of(in.textOrEmpty());
    } else {
      in.skip();
    }
  }

  private void content(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      in.object("a content block");
      block(in);
      sign();
    }
  }

  private void block(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    String kind = "";
    String text = "";
    String callId = "";
    String name = "";
    String input = "";
    String data = "";
    sign();
    while (in.nextField()) {
      switch (in.name()) {
        case "type" -> kind = in.textOrEmpty();
        case "text", "thinking" -> text = in.textOrEmpty();
        case "id" -> callId = in.textOrEmpty();
        case "name" -> name = in.textOrEmpty();
        case "input" -> input = in.json().value();
        case "signature", "data" -> data = in.textOrEmpty();
        default -> in.skip();
      }
    }
    inToolCall = kind.equals("tool_use");
    argued = false;
    switch (kind) {
      case "text" -> text(text);
      case "thinking" -> {
        reasoning(text);
        signature = data;
      }
      case "redacted_thinking" ->
          found.add(
              new ChatEvent.ReasoningSigned(
                  SignedThought.redacted(Dialect.ANTHROPIC_MESSAGES, data)));
      case "tool_use" -> {
        found.add(new ChatEvent.ToolCallStarted(calls++, callId, name));
        if (!isEmptyObject(input)) {
          arguments(input);
        }
      }
      default -> {}
    }
  }

  /** In a stream every call begins with an empty object that its deltas then replace. */
  private static boolean isEmptyObject(String json) {
    return json.length() <= 2 || json.substring(1, json.length() - 1).isBlank();
  }

  private void delta(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "text" -> text(in.textOrEmpty());
        case "partial_json" -> {
          String part = in.textOrEmpty();
          if (inToolCall) {
            arguments(part);
          }
        }
        case "thinking" -> reasoning(in.textOrEmpty());
        case "signature" -> signature = in.textOrEmpty();
        case "stop_reason" -> stopReason(in);
        case "stop_sequence" -> stopSequence(in);
        default -> in.skip();
      }
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      found.add(new ChatEvent.TextDelta(text));
    }
  }

  private void arguments(String part) {
    if (!part.isEmpty()) {
      found.add(new ChatEvent.ToolCallDelta(calls - 1, part));
      argued = true;
    }
  }

  /** A call without arguments is streamed as nothing, which is no JSON to who adds pieces up. */
  private void endCall() {
    if (inToolCall && !argued) {
      arguments("{}");
    }
    inToolCall = false;
  }

  private void reasoning(String text) {
    if (!text.isEmpty()) {
      found.add(new ChatEvent.ReasoningDelta(text));
      tooLong |= thinking.length() + text.length() > LONGEST_THINKING;
      if (!tooLong) {
        thinking.append(text);
      }
    }
  }

  /** The block of thinking, if one is under way, has ended. */
  private void sign() {
    if (!signature.isEmpty()) {
      found.add(
          new ChatEvent.ReasoningSigned(
              SignedThought.signed(
                  Dialect.ANTHROPIC_MESSAGES, tooLong ? "" : thinking.toString(), signature)));
    }
    thinking.setLength(0);
    tooLong = false;
    signature = "";
  }
}
