package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * LiteLLM's spend logs: one row a request, as its API or its table gives them. Its prompt tokens
 * include what was read from or written to a cache; details are in the row's metadata.
 */
final class LiteLlmSpendLog implements LogFormat {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final int KEY_SHOWN = 8;

  private final Set<String> seen;

  LiteLlmSpendLog(Set<String> seen) {
    this.seen = seen;
  }

  @Override
  public String name() {
    return "LiteLLM spend logs";
  }

  @Override
  public boolean knows(JsonNode line) {
    return line.has("request_id") && line.has("spend") && line.has("model");
  }

  @Override
  public boolean read(JsonNode line, Consumer<LogRow> rows) {
    var at = Fields.time(line, "startTime", "start_time", "endTime");
    Optional<String> model = Fields.text(line, "model", "model_group");
    Optional<BigDecimal> spend = Fields.decimal(line, "spend");
    if (at.isEmpty() || spend.isEmpty() || spend.get().signum() < 0) {
      return false;
    }
    if (!seen.add("litellm " + line.path("request_id").asString(""))) {
      return true;
    }
    JsonNode metadata = object(line.path("metadata"));
    Usage usage = usage(line, metadata);
    // It writes 0 where it does not know a price too: then the price is ours to find.
    boolean unknown = spend.get().signum() == 0 && !usage.isAbsent() && !isFreeOfCharge(line);
    rows.accept(
        new LogRow(
            name(),
            at.get(),
            model.orElse("(no model)"),
            who(line, metadata),
            Fields.text(line, "session_id", "trace_id")
                .or(() -> Fields.text(metadata, "session_id", "trace_id")),
            Workload.of(line, object(line.path("proxy_server_request")), usage),
            usage,
            1,
            unknown ? Optional.empty() : spend,
            Action.of(object(line.path("response")))));
    return true;
  }

  /** An answer from its cache, or a failure, costs nothing and is priced so. */
  private static boolean isFreeOfCharge(JsonNode line) {
    String hit = line.path("cache_hit").asString("");
    String status = line.path("status").asString("");
    return hit.equalsIgnoreCase("true") || status.equals("failure");
  }

  private static String who(JsonNode line, JsonNode metadata) {
    return Fields.text(line, "user", "end_user")
        .or(() ->
            Fields.text(
                metadata,
                "user_api_key_user_email",
                "user_api_key_user_id",
                "user_api_key_alias",
                "user_api_key_team_alias"))
        .or(() -> Fields.text(line, "api_key").map(LiteLlmSpendLog::shortened))
        .orElse("(nobody named)");
  }

  /** The beginning of a key's hash; a key in the clear, which some logs hold, is never shown. */
  private static String shortened(String key) {
    boolean isHash = key.length() == 64 && key.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    return isHash
        ? "key " + key.substring(0, KEY_SHOWN) + "…"
        : "key #" + Long.toHexString(Action.hash(key) >>> 32);
  }

  private static Usage usage(JsonNode line, JsonNode metadata) {
    OptionalLong prompt = Fields.count(line, "prompt_tokens");
    OptionalLong completion = Fields.count(line, "completion_tokens");
    if (prompt.isEmpty() && completion.isEmpty()) {
      return Usage.ABSENT;
    }
    JsonNode details = metadata.path("usage_object");
    JsonNode more = details.isObject() ? details : metadata.path("additional_usage_values");
    long read =
        Math.max(
            Fields.countOrZero(more, "cache_read_input_tokens"),
            Fields.countOrZero(more.path("prompt_tokens_details"), "cached_tokens"));
    long written = Fields.countOrZero(more, "cache_creation_input_tokens");
    long hour =
        Fields.countOrZero(
            more.path("prompt_tokens_details").path("cache_creation_token_details"),
            "ephemeral_1h_input_tokens");
    long reasoning = Fields.countOrZero(more.path("completion_tokens_details"), "reasoning_tokens");
    long input = prompt.orElse(0);
    long output = completion.orElse(0);
    // Old versions counted the cached tokens beside the prompt's.
    long plain = input >= read + written ? input - read - written : input;
    hour = Math.min(hour, written);
    return Counts.disjoint(plain, read, written - hour, hour, output - Math.min(reasoning, output))
        .updatedBy(Counts.inclusive(0, 0, Math.min(reasoning, output), reasoning));
  }

  /** Tables are exported with objects as text. */
  private static JsonNode object(JsonNode node) {
    if (!node.isString()) {
      return node;
    }
    String text = node.asString("").strip();
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return NOTHING;
    }
    try {
      return JSON.readTree(text);
    } catch (JacksonException cut) {
      return NOTHING;
    }
  }
}
