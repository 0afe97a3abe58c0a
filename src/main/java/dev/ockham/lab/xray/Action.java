package dev.ockham.lab.xray;

import tools.jackson.databind.JsonNode;

/** What a model did, as a number that is the same when it did the same. */
final class Action {
  /** The log does not say. */
  static final long UNKNOWN = 0;

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Action() {}

  /** Of a kept answer in OpenAI's or Anthropic's shape; its tool calls, else its text. */
  static long of(JsonNode response) {
    JsonNode message = response.path("choices").path(0).path("message");
    JsonNode calls = message.path("tool_calls");
    if (!calls.isEmpty()) {
      long hash = OFFSET;
      for (JsonNode call : calls) {
        hash =
            of(hash, call.path("function").path("name"), call.path("function").path("arguments"));
      }
      return known(hash);
    }
    String text = message.path("content").asString("");
    return text.isEmpty() ? of(response.path("content"), OFFSET) : known(hash(text));
  }

  /** Of a list of content blocks, going on from what came before. */
  private static long of(JsonNode blocks, long before) {
    long hash = before;
    for (JsonNode block : blocks) {
      if (block.path("type").asString("").equals("tool_use")) {
        hash = of(hash, block.path("name"), block.path("input"));
      }
    }
    return hash == OFFSET ? UNKNOWN : hash;
  }

  /** A tool called once more, after others. */
  static long of(long before, JsonNode tool, JsonNode arguments) {
    long hash = before == UNKNOWN ? OFFSET : before;
    hash = mix(hash, tool.asString(""));
    return known(mix(hash, arguments.isString() ? arguments.asString("") : arguments.toString()));
  }

  static long hash(String text) {
    return mix(OFFSET, text);
  }

  /** FNV-1a, 64 bits, over UTF-16 units. */
  private static long mix(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return (hash ^ 0xFFFF) * PRIME;
  }

  private static long known(long hash) {
    return hash == UNKNOWN ? 1 : hash;
  }
}
