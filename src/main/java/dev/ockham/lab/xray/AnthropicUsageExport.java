package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's usage and cost reports: pages of buckets from its administration API, or rows of the
 * console's CSV. Its classes are disjoint; its report's amounts are cents.
 */
final class AnthropicUsageExport implements LogFormat {
  private static final String CSV_INPUT = "usage_input_tokens_no_cache";

  @Override
  public String name() {
    return "Anthropic usage export";
  }

  @Override
  public boolean knows(JsonNode line) {
    return isBucket(line) || line.has(CSV_INPUT) || isBucket(line.path("data").path(0));
  }

  @Override
  public boolean read(JsonNode line, Consumer<LogRow> rows) {
    if (line.path("data").isArray()) {
      boolean understood = true;
      for (JsonNode bucket : line.path("data")) {
        understood &= read(bucket, rows);
      }
      return understood;
    }
    if (line.has(CSV_INPUT)) {
      return csv(line, rows);
    }
    Optional<Instant> at = Fields.time(line, "starting_at");
    if (at.isEmpty()) {
      return false;
    }
    boolean understood = true;
    for (JsonNode result : line.path("results")) {
      understood &=
          result.has("amount") ? cost(result, at.get(), rows) : usage(result, at.get(), rows);
    }
    return understood;
  }

  private static boolean isBucket(JsonNode line) {
    return line.has("starting_at") && line.path("results").isArray();
  }

  private boolean usage(JsonNode result, Instant at, Consumer<LogRow> rows) {
    if (Fields.count(result, "output_tokens").isEmpty()) {
      return false;
    }
    JsonNode written = result.path("cache_creation");
    rows.accept(
        row(
            result,
            at,
            Counts.disjoint(
                Fields.countOrZero(result, "uncached_input_tokens"),
                Fields.countOrZero(result, "cache_read_input_tokens"),
                Fields.countOrZero(written, "ephemeral_5m_input_tokens"),
                Fields.countOrZero(written, "ephemeral_1h_input_tokens"),
                Fields.countOrZero(result, "output_tokens"))));
    return true;
  }

  private boolean csv(JsonNode line, Consumer<LogRow> rows) {
    Optional<Instant> at = Fields.time(line, "usage_date_utc", "usage_date");
    if (at.isEmpty()) {
      return false;
    }
    rows.accept(
        row(
            line,
            at.get(),
            Counts.disjoint(
                Fields.countOrZero(line, CSV_INPUT),
                Fields.countOrZero(line, "usage_input_tokens_cache_read"),
                Fields.countOrZero(line, "usage_input_tokens_cache_write_5m"),
                Fields.countOrZero(line, "usage_input_tokens_cache_write_1h"),
                Fields.countOrZero(line, "usage_output_tokens"))));
    return true;
  }

  private LogRow row(JsonNode result, Instant at, Usage usage) {
    return new LogRow(
        name(),
        at,
        Fields.text(result, "model", "model_version").orElse("(all models)"),
        Fields.text(result, "api_key_id", "api_key", "workspace_id", "workspace")
            .orElse("(nobody named)"),
        Optional.empty(),
        Fields.text(result, "workspace_id", "workspace").orElse("(default workspace)")
            + Fields.text(result, "service_tier", "usage_type")
                .filter(tier -> !tier.equals("standard"))
                .map(tier -> " · " + tier)
                .orElse(""),
        usage,
        0,
        Optional.empty(),
        Action.UNKNOWN);
  }

  private boolean cost(JsonNode result, Instant at, Consumer<LogRow> rows) {
    Optional<BigDecimal> cents = Fields.decimal(result, "amount");
    if (cents.isEmpty()) {
      return false;
    }
    rows.accept(
        new LogRow(
            Xray.COSTS_OF_ANTHROPIC,
            at,
            Fields.text(result, "model", "description").orElse("(all models)"),
            Fields.text(result, "workspace_id").orElse("(nobody named)"),
            Optional.empty(),
            Fields.text(result, "workspace_id").orElse("(default workspace)"),
            Usage.ABSENT,
            0,
            Optional.of(cents.get().movePointLeft(2)),
            Action.UNKNOWN));
    return true;
  }
}
