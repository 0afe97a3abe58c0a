package dev.ockham.serve;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Batches as OpenAI and Anthropic serve them. A batch ends when it has been asked about so many
 * times; an item that says {@code fail} is refused.
 */
final class BatchUpstream implements Script {
  private static final JsonMapper JSON = new JsonMapper();

  private final int looks;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private final List<String> served = new ArrayList<>();

  BatchUpstream(int looks) {
    this.looks = looks;
  }

  private static final class Batch {
    final ObjectNode told;
    final List<String> lines;
    int looks;

    Batch(ObjectNode told, List<String> lines) {
      this.told = told;
      this.lines = lines;
    }
  }

  /** Our names of all items that were ever sent as part of a batch, in order. */
  synchronized List<String> served() {
    return List.copyOf(served);
  }

  synchronized int batches() {
    return batches.size();
  }

  @Override
  public synchronized Reply reply(Received request) {
    String path = request.path().replaceAll("\\?.*", "");
    return switch (path) {
      case "/v1/files" -> upload(request);
      case "/v1/batches" -> request.method().equals("POST") ? create(request) : list();
      case "/v1/messages/batches" ->
          request.method().equals("POST") ? createMessages(request) : list();
      default -> about(path);
    };
  }

  private Reply upload(Received request) {
    String text = request.text();
    int from = text.indexOf("{\"custom_id\"");
    String id = "file-" + files.size();
    files.put(id, text.substring(from, text.lastIndexOf("\r\n--")));
    return Reply.json(200, "{\"id\":\"" + id + "\",\"object\":\"file\"}");
  }

  private Reply create(Received request) {
    JsonNode asked = JSON.readTree(request.text());
    List<String> lines = new ArrayList<>();
    for (String line :
        files.getOrDefault(asked.get("input_file_id").asString(), "").split("\n", -1)) {
      if (!line.isBlank()) {
        JsonNode item = JSON.readTree(line);
        lines.add(openAi(item));
        served.add(item.get("custom_id").asString());
      }
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("id", "batch_" + batches.size()).put("object", "batch").put("status", "in_progress");
    told.set("metadata", asked.get("metadata"));
    return keep(told, lines);
  }

  private Reply keep(ObjectNode told, List<String> lines) {
    batches.put(told.get("id").asString(), new Batch(told, lines));
    return Reply.json(200, told.toString());
  }

  private static String openAi(JsonNode item) {
    boolean fails = item.get("body").toString().contains("fail");
    String body =
        fails
            ? "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"bad\"}}"
            : OpenAiReplies.textBody("Hello", 11, 7);
    return "{\"id\":\"r\",\"custom_id\":"
        + item.get("custom_id")
        + ",\"response\":{\"status_code\":"
        + (fails ? 400 : 200)
        + ",\"request_id\":\"q\",\"body\":"
        + body
        + "},\"error\":null}";
  }

  private Reply createMessages(Received request) {
    List<String> lines = new ArrayList<>();
    for (JsonNode item : JSON.readTree(request.text()).get("requests")) {
      boolean fails = item.get("params").toString().contains("fail");
      String result =
          fails
              ? "{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no\"}}}"
              : "{\"type\":\"succeeded\",\"message\":"
                  + AnthropicReplies.textBody("Hello", 11, 7)
                  + "}";
      lines.add("{\"custom_id\":" + item.get("custom_id") + ",\"result\":" + result + "}");
      served.add(item.get("custom_id").asString());
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("id", "msgbatch_" + batches.size()).put("processing_status", "in_progress");
    told.put("created_at", Instant.now().toString());
    told.putObject("request_counts").put("processing", lines.size());
    return keep(told, lines);
  }

  private Reply list() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    batches.values().forEach(batch -> list.withArray("data").add(batch.told));
    return Reply.json(200, list.toString());
  }

  private Reply about(String path) {
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      Batch batch = batches.get(parts[i].replace("out-", ""));
      if (batch != null) {
        boolean results = path.endsWith("/results") || path.endsWith("/content");
        return results
            ? Reply.whole(200, "application/jsonl", String.join("\n", batch.lines) + "\n")
            : look(batch);
      }
    }
    return Reply.json(404, "{\"error\":{\"message\":\"no such path\"}}");
  }

  private Reply look(Batch batch) {
    if (++batch.looks >= looks) {
      batch.told.put("status", "completed").put("processing_status", "ended");
      batch.told.put("output_file_id", "out-" + batch.told.get("id").asString());
    }
    return Reply.json(200, batch.told.toString());
  }
}
