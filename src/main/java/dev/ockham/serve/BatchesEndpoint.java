package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.BatchInput;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.StoredBatch;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Batches in OpenAI's words. */
final class BatchesEndpoint extends BatchAccess {
  static final String EMBEDDINGS = "/v1/embeddings";
  private static final List<String> ENDPOINTS =
      List.of("/v1/chat/completions", "/v1/responses", EMBEDDINGS);
  private static final int LONGEST_METADATA = 16 * 1024;

  BatchesEndpoint(Loop loop, Optional<BatchSettings> settings) {
    super(loop, settings);
  }

  /** The path that items of a dialect are for; empty where it has no batches. */
  static Optional<String> pathOf(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> Optional.of(ENDPOINTS.getFirst());
      case OPENAI_RESPONSES -> Optional.of(ENDPOINTS.get(1));
      case ANTHROPIC_MESSAGES -> Optional.of(MessageBatchesEndpoint.MESSAGES);
      case GEMINI_GENERATE, BEDROCK_CONVERSE -> Optional.empty();
    };
  }

  void create(Arrival arrival) {
    posted(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller, body) -> {
          JsonNode asked = tree(body);
          String endpoint = asked.path("endpoint").asString("");
          if (!ENDPOINTS.contains(endpoint)) {
            throw wrong("endpoint", String.join(", ", ENDPOINTS));
          }
          if (!asked.path("completion_window").asString("24h").equals("24h")) {
            throw wrong("completion_window", "\"24h\"");
          }
          String metadata =
              asked.path("metadata").isObject() ? asked.get("metadata").toString() : "{}";
          if (metadata.length() > LONGEST_METADATA) {
            throw wrong("metadata", "an object of at most " + LONGEST_METADATA + " characters");
          }
          String input = asked.path("input_file_id").asString("");
          return stored(caller, input)
              .compose(file -> loop.elsewhere(() -> BatchInput.lines(file.content(), endpoint)))
              .compose(read -> {
                StoredBatch batch =
                    made(caller, "batch_" + newId(), endpoint, read).of(input, metadata);
                return keep(batch, read).map(BatchJson::openAi).map(BatchesEndpoint::bytes);
              });
        });
  }

  void list(Arrival arrival) {
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            page(arrival, caller, "after", false)
                .map(page ->
                    bytes(
                        BatchJson.list(
                            page.batches().stream().map(BatchJson::openAi).toList(),
                            page.more(),
                            true))));
  }

  void one(Arrival arrival) {
    String id = segment(arrival, 3);
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) -> batch(caller, id).map(batch -> bytes(BatchJson.openAi(batch))));
  }

  void cancel(Arrival arrival) {
    String id = segment(arrival, 3);
    posted(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller, body) ->
            cancelled(caller, id).map(batch -> bytes(BatchJson.openAi(batch))));
  }
}
