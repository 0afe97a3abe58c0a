package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.BatchInput;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.provider.ReplyHead;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.BatchFiles;
import dev.ockham.store.BatchItem;
import dev.ockham.store.Batches;
import dev.ockham.store.StoredBatch;
import dev.ockham.store.StoredBatch.Counts;
import dev.ockham.store.StoredBatch.Status;
import dev.ockham.store.StoredFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the endpoints of batches and their files have together: all of it is of one key. */
abstract class BatchAccess {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration WINDOW = Duration.ofHours(24);
  static final int PAGE = 100;
  private static final int DEFAULT_PAGE = 20;

  final Loop loop;
  final Optional<BatchSettings> settings;
  final BatchFiles files;
  final Batches batches;

  BatchAccess(Loop loop, Optional<BatchSettings> settings) {
    this.loop = loop;
    this.settings = settings;
    this.files = loop.gateway().store().batchFiles();
    this.batches = loop.gateway().store().batches();
  }

  /** A step that answers. */
  interface Step extends BiFunction<Exchange, Caller, Future<byte[]>> {}

  /** Results in the order of the items, as they are read. */
  void results(
      Arrival arrival, Dialect dialect, String id, Function<BatchItem.Result, byte[]> line) {
    var exchange = new Exchange(arrival, Wire.of(dialect), loop);
    loop.bodies().discard(arrival.http());
    permitted(arrival)
        .compose(caller -> batch(caller, id))
        .compose(batch -> {
          if (batch.status() != Status.ENDED) {
            throw wrong("batch", "one that has ended");
          }
          var head = new ReplyHead(Optional.empty(), "application/x-jsonl", Map.of(), Map.of());
          exchange.answer.begin(head);
          return pages(exchange, batch.id(), -1, line);
        })
        .onSuccess(end -> exchange.answer.end(new byte[0]))
        .onFailure(cause -> exchange.answer.refuse(Recorder.refusal(exchange, cause)));
  }

  private Future<Void> pages(
      Exchange exchange, String batch, int after, Function<BatchItem.Result, byte[]> line) {
    return loop.stored(batches.results(batch, after, PAGE))
        .compose(items -> {
          for (BatchItem.Result item : items) {
            exchange.answer.write(line.apply(item));
          }
          return items.isEmpty() || exchange.answer.gone()
              ? Future.succeededFuture()
              : drained(exchange)
                  .compose(go -> pages(exchange, batch, items.getLast().key().number(), line));
        });
  }

  private static Future<Void> drained(Exchange exchange) {
    if (!exchange.answer.full()) {
      return Future.succeededFuture();
    }
    Promise<Void> room = Promise.promise();
    exchange.answer.onDrain(() -> room.tryComplete());
    exchange.answer.onGone(() -> room.tryComplete());
    return room.future();
  }

  StoredBatch made(Caller caller, String id, String endpoint, BatchInput read) {
    Instant now = loop.gateway().clock().instant();
    boolean fails = !read.problems().isEmpty();
    return new StoredBatch(
        id,
        caller.organisation(),
        caller.keyId(),
        endpoint,
        "",
        "{}",
        fails ? Status.FAILED : Status.IN_PROGRESS,
        now,
        now.plus(WINDOW),
        now.plus(settings.orElseThrow().kept()),
        Optional.empty(),
        fails ? Optional.of(now) : Optional.empty(),
        BatchJson.problems(read.problems()),
        fails ? Counts.NONE : new Counts(read.items().size(), 0, 0, 0, 0));
  }

  Future<StoredBatch> keep(StoredBatch batch, BatchInput read) {
    var items = new ArrayList<BatchItem.Waiting>();
    if (batch.status() != Status.FAILED) {
      for (BatchInput.Item item : read.items()) {
        var key = new BatchItem.Key(batch.id(), items.size());
        items.add(new BatchItem.Waiting(key, item.customId(), item.body()));
      }
    }
    return loop.stored(batches.create(batch, items)).map(batch);
  }

  Future<StoredFile> stored(Caller caller, String id) {
    return loop.stored(files.find(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("file", id))));
  }

  Future<StoredBatch> batch(Caller caller, String id) {
    return loop.stored(batches.find(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("batch", id))));
  }

  Future<StoredBatch> cancelled(Caller caller, String id) {
    return loop.stored(batches.cancel(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("batch", id))));
  }

  record Page(List<StoredBatch> batches, boolean more) {}

  Future<Page> page(Arrival arrival, Caller caller, String cursor, boolean anthropic) {
    String after = Objects.requireNonNullElse(arrival.http().getParam(cursor), "");
    String limit = Objects.requireNonNullElse(arrival.http().getParam("limit"), "");
    if (!limit.isEmpty() && !limit.matches("[1-9][0-9]?|100")) {
      throw wrong("limit", "1 to " + PAGE);
    }
    int most = limit.isEmpty() ? DEFAULT_PAGE : Integer.parseInt(limit);
    List<String> owner = List.of(caller.organisation(), caller.keyId());
    return loop.stored(batches.list(owner, anthropic, after, most + 1))
        .map(
            found -> new Page(found.subList(0, Math.min(most, found.size())), found.size() > most));
  }

  Future<Caller> permitted(Arrival arrival) {
    return loop.keys()
        .identify(arrival.http())
        .compose(caller ->
            settings.isPresent()
                ? Future.succeededFuture(caller)
                : Future.failedFuture(Refusal.because(off())));
  }

  void asked(Arrival arrival, Dialect dialect, Step step) {
    var exchange = new Exchange(arrival, Wire.of(dialect), loop);
    loop.bodies().discard(arrival.http());
    tell(exchange, permitted(arrival).compose(caller -> step.apply(exchange, caller)));
  }

  interface PostedStep {
    Future<byte[]> apply(Exchange exchange, Caller caller, byte[] body);
  }

  void posted(Arrival arrival, Dialect dialect, PostedStep step) {
    var exchange = new Exchange(arrival, Wire.of(dialect), loop);
    tell(
        exchange,
        permitted(arrival)
            .compose(caller ->
                loop.bodies()
                    .read(arrival.http(), exchange.held)
                    .compose(body -> step.apply(exchange, caller, body))));
  }

  void tell(Exchange exchange, Future<byte[]> answer) {
    answer
        .onSuccess(exchange.answer::tell)
        .onFailure(cause -> {
          exchange.http.ifPresent(loop.bodies()::discard);
          exchange.answer.refuse(Recorder.refusal(exchange, cause));
        });
  }

  static String segment(Arrival arrival, int at) {
    return arrival.path().split("/", -1)[at];
  }

  String newId() {
    return loop.gateway().store().ids().nextRequest().toString().replace("-", "");
  }

  static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException broken) {
      throw wrong("body", "a JSON object");
    }
    throw wrong("body", "a JSON object");
  }

  static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  static Refusal wrong(String name, String expected) {
    return Refusal.because(Errors.wrongParameter(name, expected));
  }

  static ChatError missing(String what, String id) {
    String told = "this key has no " + what + " \"" + HeaderText.clean(id) + "\"";
    return new ChatError(404, Kind.NOT_FOUND, "not_found", told);
  }

  static ChatError off() {
    return new ChatError(
        403,
        Kind.PERMISSION,
        "batches_off",
        "batches are switched off here, because their requests and answers have to be stored: the"
            + " operator permits it with privacy.keep-batches");
  }
}
