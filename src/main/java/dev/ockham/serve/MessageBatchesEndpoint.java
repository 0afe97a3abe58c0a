package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.BatchInput;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.StoredBatch;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Batches in Anthropic's words. */
final class MessageBatchesEndpoint extends BatchAccess {
  static final String MESSAGES = "/v1/messages";

  MessageBatchesEndpoint(Loop loop, Optional<BatchSettings> settings) {
    super(loop, settings);
  }

  void create(Arrival arrival) {
    posted(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller, body) ->
            loop.elsewhere(() -> BatchInput.requests(body))
                .compose(read -> {
                  if (!read.problems().isEmpty()) {
                    BatchInput.Problem first = read.problems().getFirst();
                    throw wrong(
                        "requests[" + (first.line() - 1) + "]", "without: " + first.message());
                  }
                  StoredBatch batch = made(caller, "msgbatch_" + newId(), MESSAGES, read);
                  return keep(batch, read).map(kept -> messages(arrival, kept));
                }));
  }

  void list(Arrival arrival) {
    asked(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller) ->
            page(arrival, caller, "after_id", true)
                .map(page ->
                    bytes(
                        BatchJson.list(
                            page.batches().stream()
                                .map(batch -> BatchJson.anthropic(batch, base(arrival.http())))
                                .toList(),
                            page.more(),
                            false))));
  }

  void one(Arrival arrival) {
    String id = segment(arrival, 4);
    asked(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller) -> batch(caller, id).map(batch -> messages(arrival, batch)));
  }

  void cancel(Arrival arrival) {
    String id = segment(arrival, 4);
    posted(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller, body) -> cancelled(caller, id).map(batch -> messages(arrival, batch)));
  }

  void results(Arrival arrival) {
    results(arrival, Dialect.ANTHROPIC_MESSAGES, segment(arrival, 4), BatchJson::anthropicLine);
  }

  void forget(Arrival arrival) {
    String id = segment(arrival, 4);
    asked(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller) ->
            loop.stored(batches.forget(caller.organisation(), caller.keyId(), id))
                .map(there -> {
                  if (!there) {
                    throw Refusal.because(missing("batch that has ended", id));
                  }
                  ObjectNode json = JsonNodeFactory.instance.objectNode();
                  return bytes(json.put("id", id).put("type", "message_batch_deleted"));
                }));
  }

  private byte[] messages(Arrival arrival, StoredBatch batch) {
    return bytes(BatchJson.anthropic(batch, base(arrival.http())));
  }

  private static String base(HttpServerRequest http) {
    return http.scheme() + "://" + HeaderText.clean(String.valueOf(http.authority()));
  }
}
