package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
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
import java.util.List;
import java.util.Optional;
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
    return loop.heavy(body.length, () -> ResponsesBody.read(body))
        .compose(read -> {
          if (read.isEmpty() || (!read.get().kept() && read.get().previous().isEmpty())) {
            return Future.succeededFuture(body);
          }
          ResponsesBody asked = read.get();
          if (asked.kept()) {
            exchange.keeping = Optional.of(new Keeping(asked.previous(), asked.items()));
          }
          return asked.previous().isEmpty()
              ? Future.succeededFuture(asked.after(List.of()))
              : before(caller, asked.previous().get())
                  .map(before -> afterAll(exchange, asked, before));
        });
  }

  private Future<List<StoredResponse>> before(Caller caller, String id) {
    return loop.await(turns.upTo(caller.organisation(), caller.keyId(), id, maxBody))
        .compose(before ->
            before.isEmpty()
                ? Future.failedFuture(Refusal.because(Errors.noSuchResponse()))
                : Future.succeededFuture(before));
  }

  private static byte[] afterAll(
      Exchange exchange, ResponsesBody asked, List<StoredResponse> before) {
    var items = new ArrayList<byte[]>();
    long length = 0;
    for (StoredResponse turn : before) {
      items.add(turn.input());
      items.add(ResponsesBody.outputOf(turn.response()));
      length += turn.input().length + turn.response().length;
    }
    if (!exchange.held.take(BodyReader.WEIGHT * length)) {
      throw BodyReader.crowded();
    }
    return asked.after(items);
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
  public Calls.Preparation prepare(Exchange exchange, Plan plan) {
    Calls.Preparation prepared = chat.prepare(exchange, plan);
    if (exchange.keeping.isEmpty() || !(prepared instanceof Calls.Ready(Call call))) {
      return prepared;
    }
    var reply = new KeepingReply(call.reply(), call.streamed());
    exchange.reply = Optional.of(reply);
    exchange.kept = Optional.of(reply);
    var edits = new ArrayList<>(exchange.edits);
    edits.add("store");
    byte[] body = call.body();
    if (keepsReasoningApart(call.model())) {
      body = ResponsesBody.read(body).map(ResponsesBody::withEncryptedReasoning).orElse(body);
      edits.add("include");
    }
    exchange.edits = List.copyOf(edits);
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
