package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.dialect.BatchInput.Problem;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.StoredBatch;
import dev.ockham.store.StoredBatch.Counts;
import dev.ockham.store.StoredBatch.Status;
import dev.ockham.store.StoredFile;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Batches, files and results as clients of either dialect know them. */
final class BatchJson {
  static final String OUTPUT = "file-out-";
  static final String ERRORS = "file-err-";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BatchJson() {}

  static ObjectNode file(StoredFile file) {
    return file(file.id(), file.name(), "batch", file.length(), file.created())
        .put("expires_at", file.expires().getEpochSecond());
  }

  /** A file that is made of results; its length is not known before. */
  static ObjectNode resultFile(StoredBatch batch, String id) {
    Instant made = batch.ended().orElse(batch.created());
    return file(id, id + ".jsonl", "batch_output", 0, made)
        .put("expires_at", batch.expires().getEpochSecond());
  }

  private static ObjectNode file(
      String id, String name, String purpose, long length, Instant created) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("object", "file").put("bytes", length);
    json.put("created_at", created.getEpochSecond()).put("filename", name);
    return json.put("purpose", purpose).put("status", "processed");
  }

  static ObjectNode deleted(String id, String type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put("id", id).put("object", type).put("deleted", true);
  }

  static ObjectNode list(List<ObjectNode> elements, boolean more, boolean openAi) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (openAi) {
      json.put("object", "list");
    }
    ArrayNode data = json.putArray("data");
    elements.forEach(data::add);
    json.put("first_id", elements.isEmpty() ? null : elements.getFirst().get("id").asString());
    json.put("last_id", elements.isEmpty() ? null : elements.getLast().get("id").asString());
    return json.put("has_more", more);
  }

  static ObjectNode openAi(StoredBatch batch) {
    Counts counts = batch.counts();
    boolean over = batch.status() == Status.ENDED;
    long others = counts.total() - counts.open() - counts.succeeded();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", batch.id()).put("object", "batch").put("endpoint", batch.endpoint());
    if (batch.errors().equals("[]")) {
      json.putNull("errors");
    } else {
      json.putObject("errors").put("object", "list").set("data", JSON.readTree(batch.errors()));
    }
    json.put("input_file_id", batch.input()).put("completion_window", "24h");
    json.put("status", status(batch));
    json.put("output_file_id", over && counts.succeeded() > 0 ? OUTPUT + batch.id() : null);
    json.put("error_file_id", over && others > 0 ? ERRORS + batch.id() : null);
    json.put("created_at", batch.created().getEpochSecond());
    json.put("in_progress_at", batch.created().getEpochSecond());
    json.put("expires_at", batch.due().getEpochSecond());
    String ended = status(batch) + "_at";
    for (String name : List.of("completed_at", "failed_at", "expired_at", "cancelled_at")) {
      instant(json, name, name.equals(ended) ? batch.ended() : Optional.empty());
    }
    instant(json, "finalizing_at", over ? batch.ended() : Optional.empty());
    instant(json, "cancelling_at", batch.cancelled());
    json.putObject("request_counts")
        .put("total", counts.total())
        .put("completed", counts.succeeded())
        .put("failed", others);
    json.set("metadata", JSON.readTree(batch.metadata()));
    return json;
  }

  private static void instant(ObjectNode json, String name, Optional<Instant> at) {
    json.put(name, at.map(Instant::getEpochSecond).orElse(null));
  }

  private static String status(StoredBatch batch) {
    return switch (batch.status()) {
      case IN_PROGRESS -> "in_progress";
      case CANCELLING -> "cancelling";
      case FAILED -> "failed";
      case ENDED ->
          batch.cancelled().isPresent()
              ? "cancelled"
              : batch.counts().expired() > 0 ? "expired" : "completed";
    };
  }

  /**
   * @param base where the client reaches us
   */
  static ObjectNode anthropic(StoredBatch batch, String base) {
    Counts counts = batch.counts();
    boolean over = batch.status() == Status.ENDED;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", batch.id()).put("type", "message_batch");
    json.put(
        "processing_status",
        over ? "ended" : batch.status() == Status.CANCELLING ? "canceling" : "in_progress");
    json.putObject("request_counts")
        .put("processing", counts.open())
        .put("succeeded", counts.succeeded())
        .put("errored", counts.errored())
        .put("canceled", counts.canceled())
        .put("expired", counts.expired());
    json.put("ended_at", batch.ended().map(Instant::toString).orElse(null));
    json.put("created_at", batch.created().toString()).put("expires_at", batch.due().toString());
    json.putNull("archived_at");
    json.put("cancel_initiated_at", batch.cancelled().map(Instant::toString).orElse(null));
    String results = base + "/v1/messages/batches/" + batch.id() + "/results";
    return json.put("results_url", over ? results : null);
  }

  static String problems(List<Problem> problems) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Problem problem : problems) {
      json.addObject()
          .put("code", problem.code())
          .put("line", problem.line())
          .put("message", problem.message())
          .putNull("param");
    }
    return json.toString();
  }

  /** A line of a file of results. Answers stand in it as they were told. */
  static byte[] openAiLine(BatchItem.Result item) {
    var out = new ByteArrayOutputStream();
    String id = "batch_req_" + item.key().batch() + "_" + item.key().number();
    text(out, "{\"id\":\"" + id + "\",\"custom_id\":" + quoted(item.customId()));
    if (item.end() == End.CANCELED || item.end() == End.EXPIRED) {
      boolean expired = item.end() == End.EXPIRED;
      text(out, ",\"response\":null,\"error\":{\"code\":");
      text(out, expired ? "\"batch_expired\"" : "\"batch_cancelled\"");
      text(out, ",\"message\":\"This request was not served, since its batch ");
      text(out, expired ? "expired.\"}}\n" : "was cancelled.\"}}\n");
    } else {
      String request = item.request().map(Object::toString).orElse("");
      text(out, ",\"response\":{\"status_code\":" + item.status());
      text(out, ",\"request_id\":\"" + request + "\",\"body\":");
      out.writeBytes(onOneLine(item.answer()));
      text(out, "},\"error\":null}\n");
    }
    return out.toByteArray();
  }

  static byte[] anthropicLine(BatchItem.Result item) {
    var out = new ByteArrayOutputStream();
    text(out, "{\"custom_id\":" + quoted(item.customId()) + ",\"result\":{\"type\":\"");
    text(out, item.end().wireName() + "\"");
    if (item.end() == End.SUCCEEDED || item.end() == End.ERRORED) {
      text(out, item.end() == End.SUCCEEDED ? ",\"message\":" : ",\"error\":");
      out.writeBytes(onOneLine(item.answer()));
    }
    text(out, "}}\n");
    return out.toByteArray();
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  /** Line ends stand between the tokens of JSON only. */
  private static byte[] onOneLine(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return json;
  }
}
