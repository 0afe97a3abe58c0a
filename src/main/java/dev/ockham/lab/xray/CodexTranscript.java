package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Codex's transcripts: the model stands in each turn's context, the counts in events of their own,
 * some of which say the same again. Input includes cached tokens, output includes reasoning.
 */
final class CodexTranscript implements LogFormat {
  private static final Set<String> KINDS =
      Set.of("session_meta", "turn_context", "response_item", "event_msg", "compacted");
  private static final Set<String> CALLS =
      Set.of("function_call", "custom_tool_call", "local_shell_call");

  private String session = "";
  private String folder = "(no folder)";
  private String model = "(no model)";
  private Total before = Total.NONE;
  private long action = Action.UNKNOWN;

  /** A session's tokens so far. */
  private record Total(long input, long cached, long output, long reasoning) {
    static final Total NONE = new Total(0, 0, 0, 0);

    static Total of(JsonNode counts) {
      return new Total(
          Fields.countOrZero(counts, "input_tokens"),
          Fields.countOrZero(counts, "cached_input_tokens"),
          Fields.countOrZero(counts, "output_tokens"),
          Fields.countOrZero(counts, "reasoning_output_tokens"));
    }

    /** What came since; all of it where a session began to count anew. */
    Total since(Total earlier) {
      boolean anew = input < earlier.input || output < earlier.output;
      return anew
          ? this
          : new Total(
              input - earlier.input,
              Math.max(0, cached - earlier.cached),
              output - earlier.output,
              Math.max(0, reasoning - earlier.reasoning));
    }
  }

  @Override
  public String name() {
    return "Codex transcript";
  }

  @Override
  public boolean knows(JsonNode line) {
    return line.path("payload").isObject() && KINDS.contains(line.path("type").asString(""));
  }

  @Override
  public boolean read(JsonNode line, Consumer<LogRow> rows) {
    JsonNode payload = line.path("payload");
    switch (line.path("type").asString("")) {
      case "session_meta" -> {
        session = payload.path("id").asString(session);
        folder = ClaudeCodeTranscript.folder(payload.path("cwd").asString(""));
      }
      case "turn_context" -> model = payload.path("model").asString(model);
      case "response_item" -> act(payload);
      case "event_msg" -> {
        if (payload.path("type").asString("").equals("token_count")) {
          return count(line, payload.path("info"), rows);
        }
      }
      default -> {}
    }
    return true;
  }

  private void act(JsonNode item) {
    if (CALLS.contains(item.path("type").asString(""))) {
      JsonNode arguments =
          item.has("arguments")
              ? item.path("arguments")
              : item.path(item.has("input") ? "input" : "action");
      action = Action.of(action, item.path("name"), arguments);
    }
  }

  private boolean count(JsonNode line, JsonNode info, Consumer<LogRow> rows) {
    JsonNode sofar = info.path("total_token_usage");
    if (!sofar.isObject()) {
      return true;
    }
    Total now = Total.of(sofar);
    if (now.equals(before)) {
      return true;
    }
    Optional<Instant> at = Fields.time(line, "timestamp");
    if (at.isEmpty()) {
      return false;
    }
    Total call = now.since(before);
    before = now;
    Usage usage = Counts.inclusive(call.input, call.cached, call.output, call.reasoning);
    rows.accept(
        new LogRow(
            name(),
            at.get(),
            model,
            "this machine",
            session.isEmpty() ? Optional.empty() : Optional.of(session),
            folder,
            usage,
            1,
            Optional.empty(),
            action));
    action = Action.UNKNOWN;
    return true;
  }
}
