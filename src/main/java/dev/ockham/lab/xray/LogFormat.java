package dev.ockham.lab.xray;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One kind of log. An instance reads one file, line by line, and may remember what came before. */
interface LogFormat {
  /** How reports name it. */
  String name();

  /** Whether a line is of this kind. */
  boolean knows(JsonNode line);

  /**
   * Reads a line, which may hold no row, one, or many.
   *
   * @return false if it is of this kind and cannot be understood
   */
  boolean read(JsonNode line, Consumer<LogRow> rows);

  /** The file has ended; what was held back is given out. */
  default void end(Consumer<LogRow> rows) {}

  /**
   * All formats, new for a file.
   *
   * @param seen ids of calls read from other files, which are not counted again
   */
  static List<LogFormat> all(Set<String> seen) {
    return List.of(
        new LiteLlmSpendLog(seen),
        new OpenAiUsageExport(),
        new AnthropicUsageExport(),
        new ClaudeCodeTranscript(seen),
        new CodexTranscript());
  }
}
