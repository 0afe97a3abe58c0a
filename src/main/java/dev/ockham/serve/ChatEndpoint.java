package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.HoldRequest;
import dev.ockham.ledger.Quote;
import dev.ockham.policy.Caller;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.Call;
import dev.ockham.provider.Meter;
import dev.ockham.provider.ProviderFailure;
import dev.ockham.provider.Turn;
import dev.ockham.route.Decision;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers requests that a model serves, of one {@link Operation}: chat in one dialect, or
 * embeddings. {@link #handle} is the path that every request takes, from its head to its record,
 * all of it on the request's event loop. Where a step says no, the {@code Future} fails with a
 * {@link Refusal} and only the record is left.
 */
final class ChatEndpoint {
  /** A call that is not over so long after its deadline has lost whoever made it. */
  private static final Duration LEASE_BEYOND = Duration.ofMinutes(2);

  /** Providers end their batches within a day. */
  private static final Duration BATCH_LEASE = Duration.ofDays(2);

  private final Loop loop;
  private final Operation operation;
  private final Accounts accounts;
  private final Recorder recorder;
  private final Once once;
  private final RequestScopes scopes = new RequestScopes();

  ChatEndpoint(Loop loop, Operation operation) {
    this.loop = loop;
    this.operation = operation;
    this.accounts = loop.gateway().store().accounts();
    this.recorder = new Recorder(loop);
    this.once = new Once(loop);
  }

  /**
   * The path of a request. It waits for the body, the hold and the attempt; for the pool where a
   * body is long, and for the store where a turn goes on from a kept one.
   */
  void handle(Arrival arrival) {
    var exchange = new Exchange(arrival, operation.wire(), loop);
    identify(exchange, arrival.http())
        .compose(caller ->
            body(exchange, arrival.http())
                .compose(body -> once.first(exchange, caller, body))
                .compose(body -> decided(exchange, caller, body)))
        .compose(plan -> answered(exchange, plan))
        .onComplete(ended -> record(exchange, ended));
  }

  /** Steps 2 to 4, of a body that is there. */
  Future<Plan> decided(Exchange exchange, Caller caller, byte[] body) {
    return operation
        .complete(exchange, caller, body)
        .compose(whole -> decode(exchange, whole))
        .map(decoded -> conversation(exchange, caller, decoded))
        .compose(asked -> decide(exchange, asked));
  }

  /** Steps 5 to 7, for one deployment after another. */
  Future<AttemptEnd> answered(Exchange exchange, Plan plan) {
    return new Persistence(
            loop, exchange, plan, operation::mayServe, turn -> ask(exchange, plan, turn))
        .untilAnswered();
  }

  /** Holds for a deployment's worst case, calls it, and settles. */
  private Future<AttemptEnd> ask(Exchange exchange, Plan plan, Turn turn) {
    return hold(exchange, plan, turn.deployment().model())
        .compose(hold -> attempt(exchange, plan, turn, settle(exchange, hold)));
  }

  /** Step 1: whose key it is. */
  private Future<Caller> identify(Exchange exchange, HttpServerRequest http) {
    if (loop.shelter().refusesAll()) {
      return Future.failedFuture(loop.shelter().refusal());
    }
    return loop.keys().identify(http).onSuccess(caller -> exchange.caller = Optional.of(caller));
  }

  private Future<byte[]> body(Exchange exchange, HttpServerRequest http) {
    return loop.bodies().read(http, exchange.held);
  }

  /** Step 2: what the bytes say. */
  private Future<Decoded> decode(Exchange exchange, byte[] body) {
    return loop.heavy(body.length, () -> operation.decode(exchange.path, body))
        .compose(read -> decoded(exchange, read));
  }

  private Future<Decoded> decoded(Exchange exchange, DecodeOutcome outcome) {
    return switch (outcome) {
      case Decoded decoded -> {
        exchange.decoded = Optional.of(decoded);
        if (decoded.request().stream() && loop.shelter().refusesStreams()) {
          yield Future.failedFuture(loop.shelter().refusal());
        }
        yield Future.succeededFuture(decoded);
      }
      case DecodeOutcome.Malformed(var error) -> Future.failedFuture(Refusal.because(error));
    };
  }

  /** Step 3: which conversation it goes on with. */
  private Asked conversation(Exchange exchange, Caller caller, Decoded decoded) {
    exchange.conversation = operation.conversation(exchange, caller, decoded);
    return new Asked(caller, decoded, exchange.conversation);
  }

  /** Step 4: which models may answer, the best one first. */
  private Future<Plan> decide(Exchange exchange, Asked asked) {
    Decision decision = operation.decide(exchange, asked);
    exchange.why = Optional.of(decision.why());
    exchange.decidedNanos = loop.now();
    return switch (decision) {
      case Decision.Refused(var error, var why) -> Future.failedFuture(Refusal.because(error));
      case Decision.Chosen chosen -> Future.succeededFuture(planned(exchange, asked, chosen));
    };
  }

  /** A budget may want the cheapest of the models that the router would let answer. */
  private Plan planned(Exchange exchange, Asked asked, Decision.Chosen chosen) {
    var plan = new Plan(asked, chosen);
    Caller caller = asked.caller();
    boolean cheaper =
        !chosen.fallbacks().isEmpty()
            && accounts.prefersCheaper(caller.organisation(), caller.scopes());
    return cheaper ? plan.cheapestFirst(exchange.at) : plan;
  }

  /** A call that waits for its batch to be sent, and what is held for it. */
  record Batched(Hold hold, Call call) {}

  /** Step 5 and the words of step 6, for a model whose provider answers within a day. */
  Future<Batched> batched(Exchange exchange, Plan plan) {
    Model model = plan.next();
    exchange.model = Optional.of(model);
    return operation
        .prepare(exchange, plan)
        .compose(prepared ->
            switch (prepared) {
              case Calls.Impossible(var error) -> Future.failedFuture(Refusal.because(error));
              case Calls.Ready(var call) ->
                  hold(exchange, plan, WorstCase.ofBatch(plan, model), BATCH_LEASE)
                      .map(hold -> new Batched(hold, call));
            });
  }

  /** Step 5: sets the worst case aside in every budget of the caller. */
  private Future<Hold> hold(Exchange exchange, Plan plan, Model model) {
    exchange.model = Optional.of(model);
    Duration lease = model.endpoint().deadline().plus(LEASE_BEYOND);
    return hold(exchange, plan, WorstCase.quote(plan, model), lease);
  }

  private Future<Hold> hold(Exchange exchange, Plan plan, Quote quote, Duration lease) {
    Model model = exchange.model.orElseThrow();
    Caller caller = plan.asked().caller();
    var wanted =
        new HoldRequest(
            exchange.id,
            loop.gateway().store().ids().nextAttempt(),
            caller,
            scopes.of(exchange, caller, model),
            quote,
            exchange.failures > 0,
            exchange.bypassed,
            lease);
    return held(exchange, accounts.hold(wanted));
  }

  private Future<Hold> held(Exchange exchange, CompletionStage<HoldOutcome> stage) {
    CompletableFuture<HoldOutcome> outcome = stage.toCompletableFuture();
    return outcome.isDone()
        ? held(exchange, outcome.join())
        : loop.await(outcome).compose(come -> held(exchange, come));
  }

  private Future<Hold> held(Exchange exchange, HoldOutcome outcome) {
    return switch (outcome) {
      case HoldOutcome.Held(Hold hold, var room) -> {
        exchange.room = Optional.of(room);
        yield Future.succeededFuture(hold);
      }
      case HoldOutcome.Refused(var why) -> Future.failedFuture(Refusal.overBudget(why));
      case HoldOutcome.AwaitLease(var lease) -> held(exchange, lease);
      case HoldOutcome.Unavailable(var why, var wait) -> {
        String seconds = Long.toString(Math.max(1, wait.toSeconds()));
        yield Future.failedFuture(Refusal.retryLater(Errors.journalFull(why), seconds));
      }
    };
  }

  /** Step 6: calls the deployment that is held for, and streams its answer to the client. */
  private Future<AttemptEnd> attempt(Exchange exchange, Plan plan, Turn turn, Bill bill) {
    return Future.succeededFuture(bill)
        .compose(meter -> operation.prepare(exchange, plan))
        .compose(prepared -> call(exchange, turn, bill, prepared))
        .onFailure(bug -> bill.close());
  }

  private Future<AttemptEnd> call(
      Exchange exchange, Turn turn, Meter meter, Calls.Preparation prepared) {
    return switch (prepared) {
      case Calls.Ready(var call) ->
          loop.attempts().run(call, meter, new TimedAnswer(loop, exchange, turn));
      case Calls.Impossible(var error) -> {
        meter.released("cannot be said in the model's dialect");
        var failure = new ProviderFailure.Inexpressible(error);
        yield Future.succeededFuture(AttemptEnd.Failed.of(failure));
      }
    };
  }

  /** Step 7: what the attempt used is booked when it is known, before the client sees the end. */
  private Bill settle(Exchange exchange, Hold hold) {
    return new Bill(accounts, exchange, hold);
  }

  /** Step 8: what is kept of it; a client that has no answer yet is told why. */
  void record(Exchange exchange, AsyncResult<AttemptEnd> ended) {
    if (ended.failed() && ended.cause() instanceof Once.Replayed) {
      return;
    }
    boolean well = ended.succeeded() && ended.result() instanceof AttemptEnd.Completed;
    exchange.recording.ifPresent(recording -> recording.ended(well));
    if (well) {
      operation.served(exchange);
    }
    recorder.record(exchange, ended);
    if (exchange.answer.gone()) {
      exchange.held.giveBack();
    }
  }
}
