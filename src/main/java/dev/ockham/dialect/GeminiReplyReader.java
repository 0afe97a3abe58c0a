package dev.ockham.dialect;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.ReasoningState;
import dev.ockham.chat.ScoredToken;
import dev.ockham.chat.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads generateContent replies. A stream is a sequence of whole replies, each with what is new;
 * its end is the end of the connection, and complete if a reason to finish came before.
 */
final class GeminiReplyReader implements ReplyReader {
  private static final int LONGEST_ID = 40;

  private final GeminiCounts counts = new GeminiCounts();

  /** What a chunk holds, until its id, which may come after, is known. */
  private final List<GeminiPart> found = new ArrayList<>();

  private List<ScoredToken> scored = List.of();
  private boolean started;
  private boolean answers;
  private boolean hasUsage;
  private int calls;
  private String id = "";
  private String model = "";
  private Optional<StopReason> stop = Optional.empty();
  private Optional<ChatError> error = Optional.empty();

  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(data, from, to)) {
      in.value();
      if (in.isArray()) {
        in.nextElement();
      }
      in.object("a JSON object");
      object(in, sink);
    }
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(body)) {
      in.beginObject();
      object(in, sink);
      in.end();
    }
    ended(sink);
  }

  @Override
  public void ended(Consumer<ChatEvent> sink) {
    if (error.isEmpty()) {
      stop.ifPresent(reason -> {
        boolean called = reason == StopReason.END_OF_TURN && calls > 0;
        sink.accept(
            new ChatEvent.Finished(called ? StopReason.TOOL_CALLS : reason, Optional.empty()));
      });
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }

  private void object(JsonReader in, Consumer<ChatEvent> sink) {
    found.clear();
    scored = List.of();
    hasUsage = false;
    while (in.nextField()) {
      switch (in.name()) {
        case "candidates" -> candidates(in);
        case "promptFeedback" -> promptFeedback(in);
        case "usageMetadata" -> usage(in);
        case "responseId" -> id = in.textOrEmpty();
        case "modelVersion" -> model = in.textOrEmpty();
        case "error" -> error = Optional.of(GeminiErrors.readInStream(in));
        default -> in.skip();
      }
    }
    if (answers && !started) {
      started = true;
      sink.accept(new ChatEvent.Started(id, model));
    }
    found.forEach(part -> tell(part, sink));
    if (!scored.isEmpty()) {
      sink.accept(new ChatEvent.TokensScored(scored));
    }
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

  /** Nothing is answered where the prompt itself was refused. */
  private void promptFeedback(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("blockReason") && in.isText()) {
        answers = true;
        stop = Optional.of(StopReason.CONTENT_FILTER);
      }
      in.skip();
    }
  }

  /** Of several answers the first is read: no more were asked for. */
  private void candidates(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    boolean first = true;
    while (in.nextElement()) {
      if (first) {
        in.object("a candidate object");
        answers = true;
        candidate(in);
      } else {
        in.skip();
      }
      first = false;
    }
  }

  private void candidate(JsonReader in) {
    while (in.nextField()) {
      switch (in.name()) {
        case "content" -> content(in);
        case "finishReason" -> finish(in.textOrEmpty());
        case "logprobsResult" -> scored = GeminiScores.read(in);
        default -> in.skip();
      }
    }
  }

  private void finish(String reason) {
    if (!reason.isEmpty() && !reason.equals("FINISH_REASON_UNSPECIFIED")) {
      stop =
          Optional.of(
              switch (reason) {
                case "STOP" -> StopReason.END_OF_TURN;
                case "MAX_TOKENS" -> StopReason.MAX_OUTPUT;
                case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" ->
                    StopReason.CONTENT_FILTER;
                default -> StopReason.OTHER;
              });
    }
  }

  private void content(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("parts") && in.isArray()) {
        while (in.nextElement()) {
          found.add(GeminiPart.read(in));
        }
      } else {
        in.skip();
      }
    }
  }

  /** A signature comes before the call it is on, and after a text or a thought. */
  private void tell(GeminiPart part, Consumer<ChatEvent> sink) {
    if (!part.text().isEmpty()) {
      sink.accept(
          part.thought()
              ? new ChatEvent.ReasoningDelta(part.text())
              : new ChatEvent.TextDelta(part.text()));
    }
    if (!part.signature().isEmpty()) {
      var state = new ReasoningState(Dialect.GEMINI_GENERATE, part.signature());
      sink.accept(new ChatEvent.ReasoningSigned(state));
    }
    if (!part.name().isEmpty()) {
      int index = calls;
      calls++;
      sink.accept(new ChatEvent.ToolCallStarted(index, callId(part, index), part.name()));
      sink.accept(new ChatEvent.ToolCallDelta(index, part.arguments()));
    }
  }

  /** The call's id, or one made of the reply's, which is in no other turn of the conversation. */
  private String callId(GeminiPart part, int index) {
    if (!part.callId().isEmpty()) {
      return part.callId();
    }
    String of = id.replaceAll("[^A-Za-z0-9_-]", "");
    String cut = of.substring(0, Math.min(of.length(), LONGEST_ID));
    return "call_" + (cut.isEmpty() ? "" : cut + "_") + index;
  }
}
