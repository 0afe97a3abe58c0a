package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.chat.ChatError;
import dev.ockham.ledger.RequestRecord;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.ledger.RequestRecord.Asked;
import dev.ockham.ledger.RequestRecord.Asker;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.RequestRecord.Timings;
import dev.ockham.ledger.Settlement;
import dev.ockham.policy.Caller;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.route.Explanation;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how requests ended, and tells clients that have no answer why. */
final class Recorder {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Loop loop;

  Recorder(Loop loop) {
    this.loop = loop;
  }

  /** How a request ended, for its record. */
  private record Ending(Status status, int httpStatus, Optional<String> error) {}

  void record(Exchange exchange, AsyncResult<AttemptEnd> ended) {
    Ending ending =
        ended.succeeded() ? ending(exchange, ended.result()) : refused(exchange, ended.cause());
    loop.metrics().ended(exchange, ending.status, loop.now() - exchange.startNanos);
    if (exchange.caller.isPresent()) {
      keep(exchange, exchange.caller.get(), ending);
    }
  }

  private Ending ending(Exchange exchange, AttemptEnd end) {
    return switch (end) {
      case AttemptEnd.Completed() -> {
        pin(exchange);
        teach(exchange);
        yield new Ending(Status.SERVED, 200, Optional.empty());
      }
      case AttemptEnd.BrokenOff(var error) ->
          new Ending(Status.FAILED, 200, Optional.of(error.code()));
      case AttemptEnd.ClientLeft() ->
          new Ending(Status.CANCELLED, exchange.answer.status(), Optional.empty());
      case AttemptEnd.Failed failed -> {
        exchange.answer.fail(failed);
        ChatError error = failed.failure().error();
        yield new Ending(Status.FAILED, error.status(), Optional.of(error.code()));
      }
    };
  }

  private Ending refused(Exchange exchange, Throwable cause) {
    exchange.http.ifPresent(loop.bodies()::discard);
    Refusal refusal = refusal(exchange, cause);
    exchange.answer.refuse(refusal);
    return new Ending(
        Status.REFUSED, refusal.error().status(), Optional.of(refusal.error().code()));
  }

  /** What a client is told where its request's path failed. */
  static Refusal refusal(Exchange exchange, Throwable cause) {
    return cause instanceof Refusal known ? known : bug(exchange, cause);
  }

  /** The trace says where; an exception's message may hold text of a prompt and is left out. */
  private static Refusal bug(Exchange exchange, Throwable cause) {
    LOG.error("request {} failed: {}", exchange.id, Traces.withoutMessages(cause));
    return Refusal.because(Errors.bug());
  }

  /** What will be kept of a request if it is served, as far as that is known before. */
  RequestRecord served(Exchange exchange) {
    var ending = new Ending(Status.SERVED, 200, Optional.empty());
    return record(exchange, exchange.caller.orElseThrow(), ending);
  }

  private RequestRecord record(Exchange exchange, Caller caller, Ending ending) {
    return new RequestRecord(
        exchange.id,
        exchange.at,
        Asker.of(caller),
        asked(exchange),
        exchange.why.orElseGet(() -> undecided(exchange)),
        answer(exchange, ending));
  }

  private void keep(Exchange exchange, Caller caller, Ending ending) {
    RequestRecord record = record(exchange, caller, ending);
    if (exchange.settlements.isEmpty()) {
      loop.gateway().store().journal().offer(record);
    } else {
      loop.gateway().store().journal().append(record);
    }
    loop.followers().tell(record, exchange.cost());
  }

  private static Asked asked(Exchange exchange) {
    String conversation = exchange.conversation.id();
    return new Asked(
        exchange.decoded.map(decoded -> decoded.request().model()).orElse(""),
        exchange.wire.dialect(),
        exchange.decoded.map(decoded -> decoded.request().stream()).orElse(false),
        conversation.isEmpty() ? Optional.empty() : Optional.of(conversation));
  }

  private Answer answer(Exchange exchange, Ending ending) {
    boolean answered = ending.status == Status.SERVED || exchange.firstByteNanos != 0;
    return new Answer(
        ending.status,
        ending.httpStatus,
        ending.error,
        answered ? exchange.model.map(Model::id) : Optional.empty(),
        alternativeCost(exchange),
        exchange.allLosses(),
        exchange.edits,
        timings(exchange, ending));
  }

  private Timings timings(Exchange exchange, Ending ending) {
    Duration done = micros(loop.now() - exchange.startNanos);
    Optional<Duration> firstByte =
        exchange.firstByteNanos != 0
            ? Optional.of(micros(exchange.firstByteNanos - exchange.startNanos))
            : ending.status == Status.SERVED ? Optional.of(done) : Optional.empty();
    return new Timings(micros(exchange.decidedNanos - exchange.startNanos), firstByte, done);
  }

  /** An estimate: the tokens that were used, at the price of the model that was not. */
  private static Optional<Money> alternativeCost(Exchange exchange) {
    if (exchange.settlements.isEmpty()) {
      return Optional.empty();
    }
    return exchange
        .why
        .flatMap(Explanation::alternative)
        .flatMap(exchange.fleet.catalog()::find)
        .flatMap(model -> model.price().of(exchange.settlements.getLast().usage()).total());
  }

  /** What served stays for the conversation, so that a change of mode moves none in the middle. */
  private void pin(Exchange exchange) {
    if (exchange.conversation.id().isEmpty()
        || exchange.why.isEmpty()
        || exchange.model.isEmpty()) {
      return;
    }
    Explanation why = exchange.why.get();
    exchange
        .fleet
        .route(why.route())
        .ifPresent(route ->
            loop.gateway()
                .conversations()
                .pin(
                    exchange.conversation,
                    exchange.fleet.grounds(why.requested(), route),
                    exchange.model.get().id()));
  }

  /** How long answers are is learned from those that were counted and came whole. */
  private static void teach(Exchange exchange) {
    if (exchange.settlements.isEmpty() || exchange.why.isEmpty() || exchange.model.isEmpty()) {
      return;
    }
    Settlement settlement = exchange.settlements.getLast();
    long tokens = settlement.usage().totalOutput();
    if (!settlement.basis().isEstimate() && tokens > 0) {
      OptionalLong cap =
          exchange.decoded.isPresent()
              ? exchange.decoded.get().request().maxOutput()
              : OptionalLong.empty();
      exchange.fleet.scorer().answered(exchange.why.get(), exchange.model.get().id(), tokens, cap);
    }
  }

  private static Explanation undecided(Exchange exchange) {
    var fleet = exchange.fleet;
    return Explanation.undecided(
        exchange.decoded.map(decoded -> decoded.request().model()).orElse(""),
        "",
        "refused before a decision",
        fleet.versions());
  }

  private static Duration micros(long nanos) {
    return Duration.ofNanos(nanos / 1000 * 1000);
  }
}
