package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads Chat Completions replies. A whole body and a chunk differ in one name only ({@code message}
 * and {@code delta}), so one walk reads both.
 */
final class OpenAiReplyReader implements ReplyReader {
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final Counts.OpenAi counts = Counts.OpenAi.ofChat();

  /** What a chunk holds, until its id and model, which may come after, are known. */
  private final List<ChatEvent> found = new ArrayList<>();

  /** The provider's index of each tool call, in order of appearance. */
  private final List<Long> calls = new ArrayList<>();

  private boolean started;
  private boolean onlyUsage;
  private boolean hasChoices;
  private boolean hasUsage;
  private String id = "";
  private String model = "";
  private Optional<StopReason> stop = Optional.empty();

  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    onlyUsage = false;
    if (Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
      finish(sink);
      return;
    }
    try (JsonReader in = JsonReader.of(data, from, to)) {
      object(in, sink);
    }
    onlyUsage = hasUsage && !hasChoices;
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(body)) {
      object(in, sink);
      in.end();
    }
    if (stop.isPresent()) {
      finish(sink);
    }
  }

  /** Some servers leave out the last word; a reason to stop says as much. */
  @Override
  public void ended(Consumer<ChatEvent> sink) {
    if (stop.isPresent()) {
      finish(sink);
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return onlyUsage;
  }

  @Override
  public boolean saidWhyItEnded() {
    return stop.isPresent();
  }

  private void finish(Consumer<ChatEvent> sink) {
    StopReason reason = stop.orElse(StopReason.OTHER);
    // Some servers say "stop" beside tool calls; clients act on the reason.
    if (reason == StopReason.END_OF_TURN && !calls.isEmpty()) {
      reason = StopReason.TOOL_CALLS;
    }
    sink.accept(new ChatEvent.Finished(reason, Optional.empty()));
  }

  private void object(JsonReader in, Consumer<ChatEvent> sink) {
    Optional<ChatError> error = Optional.empty();
    boolean isError = false;
    String told = "";
    found.clear();
    hasChoices = false;
    hasUsage = false;
    in.beginObject();
    while (in.nextField()) {
      switch (in.name()) {
        case "id" -> id = in.textOrEmpty();
        case "model" -> model = in.textOrEmpty();
        case "choices" -> choices(in);
        case "usage" -> usage(in);
        case "service_tier" -> counts.readTier(in);
        case "error" -> error = in.isNull() ? error : Optional.of(Errors.readInStream(in));
        case "object" -> isError = in.textOrEmpty().equals("error");
        case "message" -> told = in.textOrEmpty();
        default -> in.skip();
      }
    }
    if (isError && error.isEmpty()) {
      error = Optional.of(new ChatError(500, ChatError.Kind.SERVER, "", told));
    }
    if (hasChoices && !started) {
      started = true;
      sink.accept(new ChatEvent.Started(id, model));
    }
    found.forEach(sink);
    if (hasUsage) {
      sink.accept(new ChatEvent.UsageReported(counts.usage()));
    }
    error.ifPresent(e -> sink.accept(new ChatEvent.Failed(e)));
  }

  private void usage(JsonReader in) {
    if (in.isObject()) {
      hasUsage = true;
      counts.read(in);
    } else {
      in.skip();
    }
  }

  private void choices(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      hasChoices = true;
      in.object("a choice object");
      while (in.nextField()) {
        switch (in.name()) {
          case "delta", "message" -> message(in);
          case "finish_reason" -> stop(in);
          case "logprobs" -> found.addAll(OpenAiLogprobs.read(in));
          default -> in.skip();
        }
      }
    }
  }

  private void stop(JsonReader in) {
    String word = in.textOrEmpty();
    if (!word.isEmpty()) {
      stop =
          Optional.of(
              switch (word) {
                case "stop" -> StopReason.END_OF_TURN;
                case "length" -> StopReason.MAX_OUTPUT;
                case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
                case "content_filter" -> StopReason.CONTENT_FILTER;
                default -> StopReason.OTHER;
              });
    }
  }

  private void message(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    boolean thought = false;
    while (in.nextField()) {
      switch (in.name()) {
        case "content" -> content(in, false);
        case "refusal" -> text(in.textOrEmpty(), false);
        case "reasoning_content", "reasoning" -> {
          // The same text may stand under both names.
          String text = in.textOrEmpty();
          text(thought ? "" : text, true);
          thought |= !text.isEmpty();
        }
        case "tool_calls" -> toolCalls(in);
        default -> in.skip();
      }
    }
  }

  private void text(String text, boolean thought) {
    if (!text.isEmpty()) {
      found.add(thought ? new ChatEvent.ReasoningDelta(text) : new ChatEvent.TextDelta(text));
    }
  }

  /** Reads a text, or the parts that some servers send, of which some are thoughts. */
  private void content(JsonReader in, boolean thought) {
    if (!in.isArray()) {
      text(in.textOrEmpty(), thought);
      return;
    }
    while (in.nextElement()) {
      if (!in.isObject()) {
        in.skip();
        continue;
      }
      while (in.nextField()) {
        switch (in.name()) {
          case "text" -> text(in.textOrEmpty(), thought);
          case "thinking" -> content(in, true);
          default -> in.skip();
        }
      }
    }
  }

  private void toolCalls(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    while (in.nextElement()) {
      in.object("a tool call object");
      toolCall(in);
    }
  }

  private void toolCall(JsonReader in) {
    long wireIndex = Counts.UNSAID;
    String callId = "";
    String name = "";
    String arguments = "";
    while (in.nextField()) {
      switch (in.name()) {
        case "index" -> wireIndex = in.count();
        case "id" -> callId = in.textOrEmpty();
        case "function" -> {
          if (!in.isObject()) {
            in.skip();
            continue;
          }
          while (in.nextField()) {
            switch (in.name()) {
              case "name" -> name = in.textOrEmpty();
              case "arguments" -> arguments = in.isObject() ? in.json().value() : in.textOrEmpty();
              default -> in.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    int index = indexOf(wireIndex, callId, name);
    if (!arguments.isEmpty()) {
      found.add(new ChatEvent.ToolCallDelta(index, arguments));
    }
  }

  /** Which call this is about. Servers that leave out the index name each new call. */
  private int indexOf(long wireIndex, String callId, String name) {
    boolean begins = !callId.isEmpty() || !name.isEmpty();
    int known =
        wireIndex == Counts.UNSAID ? (begins ? -1 : calls.size() - 1) : calls.indexOf(wireIndex);
    if (known >= 0) {
      return known;
    }
    int index = calls.size();
    calls.add(wireIndex);
    found.add(
        new ChatEvent.ToolCallStarted(index, callId.isEmpty() ? "call_" + index : callId, name));
    return index;
  }
}
