package dev.ockham.lab.xray;

import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's usage and cost exports: pages of buckets from its administration API, or rows of its
 * CSV. Input tokens include cached ones.
 */
final class OpenAiUsageExport implements LogFormat {
  private static final String COST = "organization.costs.result";

  @Override
  public String name() {
    return "OpenAI usage export";
  }

  @Override
  public boolean knows(JsonNode line) {
    return isBucket(line) || isCsv(line) || isBucket(line.path("data").path(0));
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
    Optional<Instant> at = Fields.time(line, "start_time", "start_time_iso");
    if (at.isEmpty()) {
      return false;
    }
    if (isCsv(line)) {
      return result(line, at.get(), rows);
    }
    boolean understood = true;
    for (JsonNode result : line.path("results")) {
      understood &= result(result, at.get(), rows);
    }
    return understood;
  }

  private static boolean isBucket(JsonNode line) {
    return line.path("object").asString("").equals("bucket") && line.path("results").isArray();
  }

  private static boolean isCsv(JsonNode line) {
    return line.has("num_model_requests") && line.has("input_tokens") && line.has("start_time");
  }

  private boolean result(JsonNode result, Instant at, Consumer<LogRow> rows) {
    boolean cost = result.path("object").asString("").equals(COST);
    Optional<BigDecimal> amount = Fields.decimal(result.path("amount"), "value");
    if (cost ? amount.isEmpty() : Fields.count(result, "input_tokens").isEmpty()) {
      return false;
    }
    Usage usage =
        Counts.inclusive(
            Fields.countOrZero(result, "input_tokens"),
            Fields.countOrZero(result, "input_cached_tokens"),
            Fields.countOrZero(result, "output_tokens"),
            0);
    String model =
        cost
            ? Fields.text(result, "line_item").orElse("(all models)")
            : Fields.text(result, "model").orElse("(all models)");
    boolean batch = result.path("batch").asString("").equalsIgnoreCase("true");
    rows.accept(
        new LogRow(
            cost ? Xray.COSTS_OF_OPENAI : name(),
            at,
            cost && model.indexOf(',') > 0 ? model.substring(0, model.indexOf(',')) : model,
            Fields.text(result, "user_id", "api_key_id", "project_id").orElse("(nobody named)"),
            Optional.empty(),
            Fields.text(result, "project_id").orElse("(no project)") + (batch ? " · batch" : ""),
            cost ? Usage.ABSENT : usage,
            cost ? 0 : Fields.countOrZero(result, "num_model_requests"),
            cost ? amount : Optional.empty(),
            Action.UNKNOWN));
    return true;
  }
}
