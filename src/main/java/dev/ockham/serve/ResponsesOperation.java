package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.ItemReferences;
import dev.ockham.dialect.KeepingReply;
import dev.ockham.dialect.PathSays;
import dev.ockham.dialect.ResponsesBody;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Call;
import dev.ockham.route.Decision;
import dev.ockham.store.Responses;
import dev.ockham.store.StoredResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chat in OpenAI's Responses dialect, whose clients may leave it to the server to remember a
 * conversation. Where that is permitted, the turns are kept in our store and no provider is asked
 * to keep any, so that every turn may be served by whatever model.
 */
final class ResponsesOperation implements Operation {
  private static final Logger LOG = LoggerFactory.getLogger(ResponsesOperation.class);

  private final Loop loop;
  private final ChatOperation chat;
  private final Responses turns;
  private final Optional<Duration> kept;
  private final long maxBody;

  ResponsesOperation(Loop loop, ChatOperation chat, ServerSettings settings) {
    this.loop = loop;
    this.chat = chat;
    this.turns = loop.gateway().store().responses();
    this.kept = settings.responsesKept();
    this.maxBody = settings.maxBodyBytes();
  }

  /**
   * What is to be kept when the answer is complete.
   *
   * @param input the items the client added
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
  record Keeping(Optional<String> previous, byte[] input) {}

  @Override
  public Wire wire() {
    return chat.wire();
  }

  @Override
  public Future<byte[]> complete(Exchange exchange, Caller caller, byte[] body) {
    if (kept.isEmpty()) {
      return Future.succeededFuture(body);
    }
    return loop.heavy(body.length, () -> ItemReferences.of(body))
        .compose(named ->
            named.isEmpty() ? Future.succeededFuture(body) : items(exchange, caller, named))
        .compose(whole ->
            loop.heavy(whole.length, () -> ResponsesBody.read(whole))
                .compose(read ->
                    read.isEmpty()
                        ? Future.succeededFuture(whole)
                        : turns(exchange, caller, whole, read.get())));
  }

  /** Puts the turns before it in front of what the client says, where it leaves them to us. */
  private Future<byte[]> turns(Exchange exchange, Caller caller, byte[] body, ResponsesBody asked) {
    if (!asked.kept() && asked.previous().isEmpty()) {
      return Future.succeededFuture(body);
    }
    return loop.heavy(body.length, asked::items)
        .compose(items -> {
          if (asked.kept()) {
            exchange.keeping = Optional.of(new Keeping(asked.previous(), items));
          }
          return asked.previous().isEmpty()
              ? loop.heavy(body.length, () -> asked.after(List.of()))
              : before(caller, asked.previous().get())
                  .compose(before -> afterAll(exchange, asked, before));
        });
  }

  /** Puts items in the places where a client only names them. */
  private Future<byte[]> items(Exchange exchange, Caller caller, ItemReferences named) {
    return loop.stored(turns.ofItems(caller.organisation(), caller.keyId(), named.names(), maxBody))
        .compose(holders -> {
          int length = hold(exchange, holders);
          return loop.heavy(length, () -> itemsOf(holders));
        })
        .compose(items ->
            named
                .missing(items)
                .<Future<byte[]>>map(
                    id -> Future.failedFuture(Refusal.because(Errors.noSuchItem(id))))
                .orElseGet(() -> Future.succeededFuture(named.resolved(items))));
  }

  private static Map<String, byte[]> itemsOf(List<StoredResponse> turns) {
    var items = new HashMap<String, byte[]>();
    turns.forEach(turn -> items.putAll(ItemReferences.itemsOf(turn.response())));
    return items;
  }

  private Future<List<StoredResponse>> before(Caller caller, String id) {
    return loop.stored(turns.upTo(caller.organisation(), caller.keyId(), id, maxBody))
        .compose(before ->
            before.isEmpty()
                ? Future.failedFuture(Refusal.because(Errors.noSuchResponse()))
                : Future.succeededFuture(before));
  }

  private Future<byte[]> afterAll(
      Exchange exchange, ResponsesBody asked, List<StoredResponse> before) {
    int length = hold(exchange, before);
    return loop.heavy(
        length,
        () -> {
          var items = new ArrayList<byte[]>();
          for (StoredResponse turn : before) {
            items.add(turn.input());
            items.add(ResponsesBody.outputOf(turn.response()));
          }
          return asked.after(items);
        });
  }

  /** Sets memory aside for what turns add to a body, and says how many bytes they are. */
  private static int hold(Exchange exchange, List<StoredResponse> turns) {
    long length = 0;
    for (StoredResponse turn : turns) {
      length += turn.input().length + turn.response().length;
    }
    if (!exchange.held.take(BodyReader.WEIGHT * length)) {
      throw BodyReader.crowded();
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  @Override
  public DecodeOutcome decode(PathSays path, byte[] body) {
    return chat.decode(path, body);
  }

  @Override
  public Conversation conversation(Exchange exchange, Caller caller, Decoded decoded) {
    return chat.conversation(exchange, caller, decoded);
  }

  @Override
  public Decision decide(Exchange exchange, Asked asked) {
    return chat.decide(exchange, asked);
  }

  @Override
  public Future<Calls.Preparation> prepare(Exchange exchange, Plan plan) {
    return chat.prepare(exchange, plan)
        .compose(prepared ->
            exchange.keeping.isPresent() && prepared instanceof Calls.Ready(Call call)
                ? keeping(exchange, call)
                : Future.succeededFuture(prepared));
  }

  private Future<Calls.Preparation> keeping(Exchange exchange, Call call) {
    if (!keepsReasoningApart(call.model())) {
      return Future.succeededFuture(keeping(exchange, call, call.body(), List.of("store")));
    }
    byte[] body = call.body();
    return loop.heavy(
            body.length,
            () -> ResponsesBody.read(body).map(ResponsesBody::withEncryptedReasoning).orElse(body))
        .map(asking -> keeping(exchange, call, asking, List.of("store", "include")));
  }

  private static Calls.Preparation keeping(
      Exchange exchange, Call call, byte[] body, List<String> edits) {
    var reply = new KeepingReply(call.reply(), call.streamed());
    exchange.reply = Optional.of(reply);
    exchange.kept = Optional.of(reply);
    exchange.edits = Stream.concat(exchange.edits.stream(), edits.stream()).toList();
    return new Calls.Ready(
        new Call(
            call.model(),
            body,
            call.path(),
            call.streamed(),
            reply,
            call.inputEstimate(),
            call.deadline(),
            call.headers()));
  }

  /** Whether its provider, which keeps nothing now, must be asked for what it would have kept. */
  private static boolean keepsReasoningApart(Model model) {
    return model.endpoint().dialect() == Dialect.OPENAI_RESPONSES
        && model.capabilities().contains(Capability.REASONING);
  }

  @Override
  public void served(Exchange exchange) {
    Optional<KeepingReply.Response> response = exchange.kept.flatMap(KeepingReply::response);
    if (response.isEmpty() || exchange.keeping.isEmpty()) {
      return;
    }
    Caller caller = exchange.caller.orElseThrow();
    Keeping keeping = exchange.keeping.get();
    var turn =
        new StoredResponse(
            caller.organisation(),
            caller.keyId(),
            response.get().id(),
            keeping.previous(),
            exchange.at.plus(kept.orElseThrow()),
            keeping.input(),
            response.get().json());
    loop.await(turns.keep(turn))
        .onFailure(cause ->
            LOG.error(
                "request {}: its response was not kept: {}",
                exchange.id,
                Traces.withoutMessages(cause)));
  }
}
