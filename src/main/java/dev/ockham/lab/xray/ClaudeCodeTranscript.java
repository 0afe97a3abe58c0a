package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Claude Code's transcripts: one line per content block, so a call's usage stands on several lines
 * and grows; the largest counts are a call's. A session that was resumed repeats lines of another
 * file.
 */
final class ClaudeCodeTranscript implements LogFormat {
  private final Set<String> seen;
  private final Map<String, Call> calls = new LinkedHashMap<>();

  ClaudeCodeTranscript(Set<String> seen) {
    this.seen = seen;
  }

  @Override
  public String name() {
    return "Claude Code transcript";
  }

  @Override
  public boolean knows(JsonNode line) {
    return line.has("type")
        && !line.has("payload")
        && (line.has("sessionId") || line.has("leafUuid") || line.has("messageId"));
  }

  @Override
  public boolean read(JsonNode line, Consumer<LogRow> rows) {
    JsonNode message = line.path("message");
    boolean answer =
        line.path("type").asString("").equals("assistant") && message.path("usage").isObject();
    if (!answer || message.path("model").asString("").startsWith("<")) {
      return true;
    }
    Optional<Instant> at = Fields.time(line, "timestamp");
    Optional<String> id = Fields.text(message, "id").or(() -> Fields.text(line, "uuid"));
    if (at.isEmpty() || id.isEmpty()) {
      return false;
    }
    calls.computeIfAbsent(id.get(), _ -> new Call(at.get(), line)).add(line);
    return true;
  }

  @Override
  public void end(Consumer<LogRow> rows) {
    calls.forEach((id, call) -> {
      if (seen.add("claude " + id)) {
        rows.accept(call.row(name()));
      }
    });
    calls.clear();
  }

  /** A call as its lines tell it. */
  private static final class Call {
    private final Instant at;
    private final String model;
    private final String session;
    private final String workload;
    private long input;
    private long read;
    private long write5m;
    private long write1h;
    private long output;
    private Optional<BigDecimal> stated = Optional.empty();
    private long action = Action.UNKNOWN;

    Call(Instant at, JsonNode line) {
      this.at = at;
      model = line.path("message").path("model").asString("(no model)");
      boolean sub = line.path("isSidechain").asBoolean(false);
      session = line.path("sessionId").asString("") + (sub ? " subagent" : "");
      workload = folder(line.path("cwd").asString("")) + (sub ? " · subagents" : "");
    }

    void add(JsonNode line) {
      JsonNode usage = line.path("message").path("usage");
      JsonNode written = usage.path("cache_creation");
      long hour = Fields.countOrZero(written, "ephemeral_1h_input_tokens");
      long all = Fields.countOrZero(usage, "cache_creation_input_tokens");
      input = Math.max(input, Fields.countOrZero(usage, "input_tokens"));
      read = Math.max(read, Fields.countOrZero(usage, "cache_read_input_tokens"));
      write1h = Math.max(write1h, hour);
      write5m = Math.max(write5m, Math.max(0, all - hour));
      output = Math.max(output, Fields.countOrZero(usage, "output_tokens"));
      stated = stated.or(() -> Fields.decimal(line, "costUSD"));
      for (JsonNode block : line.path("message").path("content")) {
        if (block.path("type").asString("").equals("tool_use")) {
          action = Action.of(action, block.path("name"), block.path("input"));
        }
      }
    }

    LogRow row(String source) {
      Usage usage = Counts.disjoint(input, read, write5m, write1h, output);
      return new LogRow(
          source,
          at,
          model,
          "this machine",
          Optional.of(session),
          workload,
          usage,
          1,
          stated,
          action);
    }
  }

  /** A project by the last part of its folder. */
  static String folder(String path) {
    String whole = path.replace('\\', '/');
    String last = whole.substring(whole.lastIndexOf('/') + 1);
    return last.isEmpty() ? "(no folder)" : last;
  }
}
