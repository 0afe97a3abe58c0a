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
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.Batches;
import dev.ockham.store.StoredBatch;
import dev.ockham.store.StoredBatch.Counts;
import dev.ockham.store.StoredBatch.Status;
import dev.ockham.store.StoredFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
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

/**
 * Batches and their files in OpenAI's words, and Anthropic's batches, each for the key they are of.
 */
final class BatchesEndpoint {
  static final List<String> ENDPOINTS =
      List.of("/v1/chat/completions", "/v1/responses", "/v1/embeddings");
  static final String MESSAGES = "/v1/messages";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final int PAGE = 100;
  private static final int DEFAULT_PAGE = 20;
  private static final int LONGEST_METADATA = 16 * 1024;

  private final Loop loop;
  private final Optional<BatchSettings> settings;
  private final BatchFiles files;
  private final Batches batches;

  BatchesEndpoint(Loop loop, Optional<BatchSettings> settings) {
    this.loop = loop;
    this.settings = settings;
    this.files = loop.gateway().store().batchFiles();
    this.batches = loop.gateway().store().batches();
  }

  /** A step that answers. */
  private interface Step extends BiFunction<Exchange, Caller, Future<byte[]>> {}

  void upload(Arrival arrival) {
    String type = Objects.requireNonNullElse(arrival.http().getHeader("content-type"), "");
    posted(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller, body) ->
            loop.elsewhere(() -> MultipartForm.read(type, body))
                .compose(form -> keep(caller, form)));
  }

  private Future<byte[]> keep(Caller caller, Optional<Map<String, MultipartForm.Field>> form) {
    MultipartForm.Field file = form.map(fields -> fields.get("file")).orElse(null);
    if (file == null) {
      throw wrong("file", "multipart/form-data with a file and the purpose \"batch\"");
    }
    MultipartForm.Field purpose = form.orElseThrow().get("purpose");
    if (purpose == null || !purpose.text().equals("batch")) {
      throw wrong("purpose", "\"batch\"");
    }
    Instant now = loop.gateway().clock().instant();
    var kept =
        new StoredFile(
            caller.organisation(),
            caller.keyId(),
            "file-" + newId(),
            HeaderText.clean(file.fileName()),
            now,
            now.plus(settings.orElseThrow().kept()),
            file.value().length,
            file.value());
    return loop.stored(files.keep(kept))
        .compose(fits ->
            fits
                ? Future.succeededFuture(bytes(BatchJson.file(kept)))
                : Future.failedFuture(Refusal.because(tooManyFiles())));
  }

  void files(Arrival arrival) {
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            loop.stored(files.list(caller.organisation(), caller.keyId(), PAGE))
                .map(found ->
                    bytes(
                        BatchJson.list(
                            found.stream().map(BatchJson::file).toList(), false, true))));
  }

  void file(Arrival arrival) {
    String id = segment(arrival, 3);
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            resultsOf(id).isPresent()
                ? batch(caller, resultsOf(id).get())
                    .map(batch -> bytes(BatchJson.resultFile(batch, id)))
                : stored(caller, id).map(file -> bytes(BatchJson.file(file))));
  }

  void content(Arrival arrival) {
    String id = segment(arrival, 3);
    Optional<String> batch = resultsOf(id);
    if (batch.isPresent()) {
      boolean succeeded = id.startsWith(BatchJson.OUTPUT);
      Function<BatchItem.Result, byte[]> line =
          item ->
              (item.end() == End.SUCCEEDED) == succeeded ? BatchJson.openAiLine(item) : new byte[0];
      results(arrival, Dialect.OPENAI_CHAT, batch.get(), line);
    } else {
      asked(
          arrival,
          Dialect.OPENAI_CHAT,
          (exchange, caller) -> stored(caller, id).map(StoredFile::content));
    }
  }

  void forgetFile(Arrival arrival) {
    String id = segment(arrival, 3);
    asked(
        arrival,
        Dialect.OPENAI_CHAT,
        (exchange, caller) ->
            loop.stored(files.forget(caller.organisation(), caller.keyId(), id))
                .map(there -> {
                  if (!there) {
                    throw Refusal.because(missing("file", id));
                  }
                  return bytes(BatchJson.deleted(id, "file"));
                }));
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
                            page.batches.stream().map(BatchJson::openAi).toList(),
                            page.more,
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

  void createMessages(Arrival arrival) {
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

  void listMessages(Arrival arrival) {
    asked(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller) ->
            page(arrival, caller, "after_id", true)
                .map(page ->
                    bytes(
                        BatchJson.list(
                            page.batches.stream()
                                .map(batch -> BatchJson.anthropic(batch, base(arrival.http())))
                                .toList(),
                            page.more,
                            false))));
  }

  void oneOfMessages(Arrival arrival) {
    String id = segment(arrival, 4);
    asked(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller) -> batch(caller, id).map(batch -> messages(arrival, batch)));
  }

  void cancelMessages(Arrival arrival) {
    String id = segment(arrival, 4);
    posted(
        arrival,
        Dialect.ANTHROPIC_MESSAGES,
        (exchange, caller, body) -> cancelled(caller, id).map(batch -> messages(arrival, batch)));
  }

  void resultsOfMessages(Arrival arrival) {
    results(arrival, Dialect.ANTHROPIC_MESSAGES, segment(arrival, 4), BatchJson::anthropicLine);
  }

  void forgetMessages(Arrival arrival) {
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
                  ObjectNode json = JSON.createObjectNode();
                  return bytes(json.put("id", id).put("type", "message_batch_deleted"));
                }));
  }

  private byte[] messages(Arrival arrival, StoredBatch batch) {
    return bytes(BatchJson.anthropic(batch, base(arrival.http())));
  }

  private static String base(HttpServerRequest http) {
    return http.scheme() + "://" + HeaderText.clean(String.valueOf(http.authority()));
  }

  private StoredBatch made(Caller caller, String id, String endpoint, BatchInput read) {
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

  private Future<StoredBatch> keep(StoredBatch batch, BatchInput read) {
    var items = new ArrayList<BatchItem.Waiting>();
    if (batch.status() != Status.FAILED) {
      for (BatchInput.Item item : read.items()) {
        var key = new BatchItem.Key(batch.id(), items.size());
        items.add(new BatchItem.Waiting(key, item.customId(), item.body()));
      }
    }
    return loop.stored(batches.create(batch, items)).map(batch);
  }

  private Future<StoredFile> stored(Caller caller, String id) {
    return loop.stored(files.find(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("file", id))));
  }

  private Future<StoredBatch> batch(Caller caller, String id) {
    return loop.stored(batches.find(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("batch", id))));
  }

  private Future<StoredBatch> cancelled(Caller caller, String id) {
    return loop.stored(batches.cancel(caller.organisation(), caller.keyId(), id))
        .map(found -> found.orElseThrow(() -> Refusal.because(missing("batch", id))));
  }

  private record Page(List<StoredBatch> batches, boolean more) {}

  private Future<Page> page(Arrival arrival, Caller caller, String cursor, boolean anthropic) {
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

  /** Results in the order of the items, as they are read. */
  private void results(
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

  private Future<Caller> permitted(Arrival arrival) {
    return loop.keys()
        .identify(arrival.http())
        .compose(caller ->
            settings.isPresent()
                ? Future.succeededFuture(caller)
                : Future.failedFuture(Refusal.because(off())));
  }

  private void asked(Arrival arrival, Dialect dialect, Step step) {
    var exchange = new Exchange(arrival, Wire.of(dialect), loop);
    loop.bodies().discard(arrival.http());
    tell(exchange, permitted(arrival).compose(caller -> step.apply(exchange, caller)));
  }

  private interface PostedStep {
    Future<byte[]> apply(Exchange exchange, Caller caller, byte[] body);
  }

  private void posted(Arrival arrival, Dialect dialect, PostedStep step) {
    var exchange = new Exchange(arrival, Wire.of(dialect), loop);
    tell(
        exchange,
        permitted(arrival)
            .compose(caller ->
                loop.bodies()
                    .read(arrival.http(), exchange.held)
                    .compose(body -> step.apply(exchange, caller, body))));
  }

  private void tell(Exchange exchange, Future<byte[]> answer) {
    answer
        .onSuccess(exchange.answer::tell)
        .onFailure(cause -> {
          exchange.http.ifPresent(loop.bodies()::discard);
          exchange.answer.refuse(Recorder.refusal(exchange, cause));
        });
  }

  private static Optional<String> resultsOf(String file) {
    return file.startsWith(BatchJson.OUTPUT) || file.startsWith(BatchJson.ERRORS)
        ? Optional.of(file.substring(BatchJson.OUTPUT.length()))
        : Optional.empty();
  }

  private static String segment(Arrival arrival, int at) {
    return arrival.path().split("/", -1)[at];
  }

  private String newId() {
    return loop.gateway().store().ids().nextRequest().toString().replace("-", "");
  }

  private static JsonNode tree(byte[] body) {
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

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  private static Refusal wrong(String name, String expected) {
    return Refusal.because(Errors.wrongParameter(name, expected));
  }

  private static ChatError missing(String what, String id) {
    String told = "this key has no " + what + " \"" + HeaderText.clean(id) + "\"";
    return new ChatError(404, Kind.NOT_FOUND, "not_found", told);
  }

  private static ChatError tooManyFiles() {
    return new ChatError(
        413,
        Kind.TOO_LARGE,
        "too_many_files",
        "this key keeps files of 1 GiB already: delete some");
  }

  private static ChatError off() {
    return new ChatError(
        403,
        Kind.PERMISSION,
        "batches_off",
        "batches are switched off here, because their requests and answers have to be stored: the"
            + " operator permits it with privacy.keep-batches");
  }
}
