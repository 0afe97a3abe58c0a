package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Names calls of one shape: by their tags and their instructions where a log has them, otherwise by
 * their size. Instructions are told by a hash, never by their text.
 */
final class Workload {
  /** Instructions differ in names and dates towards their end; their beginning tells them apart. */
  private static final int READ = 400;

  private Workload() {}

  static String of(JsonNode line, JsonNode sent, Usage usage) {
    List<String> parts = new ArrayList<>();
    parts.add(Fields.text(line, "call_type").orElse("completion"));
    tags(line).ifPresent(parts::add);
    parts.add(
        instructions(line)
            .or(() -> instructions(sent))
            .orElseGet(
                () -> size(usage.totalInput()) + " in, " + size(usage.totalOutput()) + " out"));
    return String.join(" · ", parts);
  }

  private static Optional<String> tags(JsonNode line) {
    JsonNode tags = line.path("request_tags");
    if (!tags.isArray() || tags.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode tag : tags) {
      String name = tag.asString("");
      if (!name.startsWith("User-Agent:") && names.size() < 3) {
        names.add(name.length() > 40 ? name.substring(0, 40) : name);
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  private static Optional<String> instructions(JsonNode holder) {
    JsonNode messages = holder.path("messages");
    JsonNode first = messages.path(0);
    String text =
        first.path("role").asString("").equals("system")
            ? said(first.path("content"))
            : said(holder.path("system"));
    if (text.isBlank()) {
      return Optional.empty();
    }
    String beginning = text.substring(0, Math.min(READ, text.length())).replaceAll("[0-9]+", "0");
    String hash = Long.toHexString(Action.hash(beginning) >>> 40);
    return Optional.of("instructions #" + hash + " (" + size(text.length() / 4) + ")");
  }

  private static String said(JsonNode content) {
    return content.isArray() ? content.path(0).path("text").asString("") : content.asString("");
  }

  /** A size class: a power of two tokens. */
  static String size(long tokens) {
    if (tokens == 0) {
      return "0";
    }
    long power = Long.highestOneBit(tokens);
    return power < 1024 ? "~" + power : "~" + power / 1024 + "k";
  }
}
