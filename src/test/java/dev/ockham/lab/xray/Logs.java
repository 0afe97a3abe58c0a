package dev.ockham.lab.xray;

import dev.ockham.config.CatalogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Writes logs as the tools write them, and reads them. */
final class Logs {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private Logs() {}

  static XrayReport read(Path... files) throws IOException {
    var xray = new Xray(CatalogReader.shipped(), rows -> {});
    for (Path file : files) {
      xray.add(file);
    }
    return xray.report();
  }

  static Path write(Path folder, String name, List<String> lines) throws IOException {
    return Files.writeString(
        folder.resolve(name), String.join("\n", lines), StandardCharsets.UTF_8);
  }

  /** A row of LiteLLM's spend logs. */
  static String spend(String id, Instant at, String more) {
    return """
    {"request_id":"%s","call_type":"acompletion","api_key":"%s","startTime":"%s",%s}\
    """
        .formatted(id, "ab".repeat(32), at, more);
  }

  /** One call of Claude Code. */
  static String claude(String session, String id, Instant at, String usage, String content) {
    return """
    {"type":"assistant","sessionId":"%s","cwd":"/home/ann/shop","timestamp":"%s","message":\
    {"id":"%s","model":"claude-sonnet-4-5","role":"assistant","usage":{%s},"content":[%s]}}\
    """
        .formatted(session, at, id, usage, content);
  }

  static String codexCount(Instant at, int input, int cached, int output, int reasoning) {
    return """
    {"timestamp":"%s","type":"event_msg","payload":{"type":"token_count","info":\
    {"total_token_usage":{"input_tokens":%d,"cached_input_tokens":%d,"output_tokens":%d,\
    "reasoning_output_tokens":%d}}}}\
    """
        .formatted(at, input, cached, output, reasoning);
  }
}
