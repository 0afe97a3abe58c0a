package dev.ockham.dialect;

import dev.ockham.chat.ChatEvent;
import dev.ockham.chat.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads Converse replies: a whole answer, or the events of a stream. */
final class BedrockReplyReader implements ReplyReader {
  private final BedrockCounts counts = new BedrockCounts();
  private final List<ChatEvent> found = new ArrayList<>();

  /** The number of each tool call by the index of its block. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private int begun;
  private final Set<Integer> argued = new HashSet<>();

  private BedrockThought thought = new BedrockThought();
  private boolean answered;
  private boolean stopped;
  private boolean finished;
  private String stopReason = "";
  private Optional<String> stopSequence = Optional.empty();

  @Override
  public void event(String name, byte[] data, int from, int to, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(data, from, to)) {
      if (name.endsWith("Exception")) {
        sink.accept(new ChatEvent.Failed(BedrockErrors.readInStream(name, in)));
        return;
      }
      found.clear();
      switch (name) {
        case "messageStart" -> found.add(new ChatEvent.Started("", ""));
        case "contentBlockStart", "contentBlockDelta" -> piece(in);
        case "contentBlockStop" -> endBlock(in);
        case "messageStop", "metadata" -> {
          endThought();
          answer(in);
          stopped |= name.equals("messageStop");
        }
        default -> {}
      }
    }
    found.forEach(sink);
    if (name.equals("metadata")) {
      sink.accept(new ChatEvent.UsageReported(counts.usage()));
      ended(sink);
    }
  }

  /** The numbers come last, but an answer that said why it stopped is whole without them. */
  @Override
  public void ended(Consumer<ChatEvent> sink) {
    if (stopped && !finished) {
      finished = true;
      sink.accept(new ChatEvent.Finished(reason(stopReason), stopSequence));
    }
  }

  @Override
  public void whole(byte[] body, Consumer<ChatEvent> sink) {
    try (JsonReader in = JsonReader.of(body)) {
      answer(in);
      in.end();
    }
    if (answered) {
      sink.accept(new ChatEvent.Started("", ""));
      found.forEach(sink);
      sink.accept(new ChatEvent.UsageReported(counts.usage()));
      stopped = !stopReason.isEmpty();
      ended(sink);
    }
  }

  @Override
  public boolean wasOnlyUsage() {
    return false;
  }

  private static StopReason reason(String word) {
    return switch (word) {
      case "end_turn" -> StopReason.END_OF_TURN;
      case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_OUTPUT;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "guardrail_intervened", "content_filtered" -> StopReason.CONTENT_FILTER;
      default -> StopReason.OTHER;
    };
  }

  /** Reads a whole answer, or the last events of a stream, which have some of its fields. */
  private void answer(JsonReader in) {
    in.beginObject();
    while (in.nextField()) {
      switch (in.name()) {
        case "output", "message" -> message(in);
        case "stopReason" -> stopReason = in.textOrEmpty();
        case "usage" -> usage(in);
        case "serviceTier" -> counts.readTier(in);
        case "additionalModelResponseFields" -> more(in);
        default -> in.skip();
      }
    }
  }

  private void usage(JsonReader in) {
    if (in.isObject()) {
      counts.read(in);
    } else {
      in.skip();
    }
  }

  private void more(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      if (in.name().equals("stop_sequence") && in.isText()) {
        stopSequence = Optional.of(in.textOrEmpty());
      } else {
        in.skip();
      }
    }
  }

  private void message(JsonReader in) {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    while (in.nextField()) {
      switch (in.name()) {
        case "message" -> message(in);
        case "content" -> content(in);
        default -> in.skip();
      }
    }
  }

  private void content(JsonReader in) {
    if (!in.isArray()) {
      in.skip();
      return;
    }
    answered = true;
    long index = 0;
    while (in.nextElement()) {
      in.object("a content block");
      var block = new BedrockPiece();
      block.read(in);
      add(block, index++);
      endThought();
    }
  }

  /** The beginning of a block, or more of it. */
  private void piece(JsonReader in) {
    long index = 0;
    var piece = new BedrockPiece();
    in.beginObject();
    while (in.nextField()) {
      switch (in.name()) {
        case "contentBlockIndex" -> index = in.count();
        case "start", "delta" -> piece.read(in);
        default -> in.skip();
      }
    }
    add(piece, index);
  }

  private void add(BedrockPiece piece, long index) {
    if (!piece.text.isEmpty()) {
      found.add(new ChatEvent.TextDelta(piece.text));
    }
    if (!piece.thought.isEmpty()) {
      found.add(new ChatEvent.ReasoningDelta(piece.thought));
    }
    thought.add(piece);
    // what a provider's own tools do is no call for the client
    if (piece.beginsCall && !piece.ofProvider) {
      int call = begun++;
      if (calls.put(index, call) != null) {
        throw Rejected.reply("The provider began a tool call in a block that was open");
      }
      found.add(new ChatEvent.ToolCallStarted(call, piece.callId, piece.callName));
    }
    Integer call = calls.get(index);
    if (call != null && !piece.input.isEmpty()) {
      found.add(new ChatEvent.ToolCallDelta(call, piece.input));
      argued.add(call);
    }
  }

  /** A call without arguments is streamed as nothing, which is no JSON to who adds pieces up. */
  private void endBlock(JsonReader in) {
    endThought();
    long index = 0;
    in.beginObject();
    while (in.nextField()) {
      if (in.name().equals("contentBlockIndex")) {
        index = in.count();
      } else {
        in.skip();
      }
    }
    Integer call = calls.remove(index);
    if (call != null && argued.add(call)) {
      found.add(new ChatEvent.ToolCallDelta(call, "{}"));
    }
  }

  private void endThought() {
    thought.state().ifPresent(state -> found.add(new ChatEvent.ReasoningSigned(state)));
    thought = new BedrockThought();
  }
}
