package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.DecodeOutcome;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.Meter;
import dev.ockham.provider.ProviderFailure;
import dev.ockham.route.Decision;
import dev.ockham.route.InputTokens;
import dev.ockham.route.Router;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Tells how many tokens an input is, in one dialect. The provider of the model is asked where it
 * counts in the client's dialect, which costs nothing; else, and where it cannot be reached, the
 * answer is our estimate, and says so in its warnings. Nothing is booked or recorded.
 */
final class CountEndpoint {
  private static final String ESTIMATED = "tokens: estimated by Ockham, not counted by a provider";

  private final Loop loop;
  private final Wire wire;
  private final Calls calls;
  private final Router router = new Router();

  CountEndpoint(Loop loop, Dialect dialect, Calls calls) {
    this.loop = loop;
    this.wire = Wire.of(dialect);
    this.calls = calls;
  }

  void handle(Arrival arrival) {
    var exchange = new Exchange(arrival, wire, loop);
    loop.keys()
        .identify(arrival.http())
        .compose(caller ->
            body(arrival, exchange)
                .compose(
                    body -> loop.heavy(body.length, () -> wire.decodeCount(exchange.path, body)))
                .compose(outcome -> count(exchange, caller, outcome)))
        .onFailure(cause -> {
          loop.bodies().discard(arrival.http());
          exchange.answer.refuse(Recorder.refusal(exchange, cause));
        });
  }

  private Future<byte[]> body(Arrival arrival, Exchange exchange) {
    return loop.bodies().read(arrival.http(), exchange.held);
  }

  private Future<Void> count(Exchange exchange, Caller caller, DecodeOutcome outcome) {
    return switch (outcome) {
      case DecodeOutcome.Malformed(var error) -> Future.failedFuture(Refusal.because(error));
      case Decoded decoded -> count(exchange, caller, decoded);
    };
  }

  private Future<Void> count(Exchange exchange, Caller caller, Decoded decoded) {
    ChatOperation.refuseWhatAnAccountKeeps(decoded);
    String name = decoded.request().model();
    if (exchange.fleet.route(name).isPresent()) {
      return estimate(exchange, decoded);
    }
    return switch (router.named(name, caller, exchange.fleet)) {
      case Decision.Refused(var error, var why) -> Future.failedFuture(Refusal.because(error));
      case Decision.Chosen(Model model, var fallbacks, var why) -> count(exchange, decoded, model);
    };
  }

  private Future<Void> count(Exchange exchange, Decoded decoded, Model model) {
    boolean counts =
        model.endpoint().dialect() == wire.dialect()
            && wire.tokenCountPath(model.upstreamName()).isPresent();
    if (!counts) {
      return estimate(exchange, decoded);
    }
    exchange.model = Optional.of(model);
    return calls
        .count(exchange, decoded, model)
        .compose(call -> loop.attempts().run(call, Meter.UNBILLED, exchange.answer))
        .compose(end ->
            switch (end) {
              case AttemptEnd.Failed failed
                  when failed.failure() instanceof ProviderFailure.Rejected -> {
                exchange.answer.fail(failed);
                yield Future.succeededFuture();
              }
              case AttemptEnd.Failed _ -> estimate(exchange, decoded);
              default -> Future.succeededFuture();
            });
  }

  private Future<Void> estimate(Exchange exchange, Decoded decoded) {
    exchange.model = Optional.empty();
    exchange.losses = List.of(ESTIMATED);
    long tokens = InputTokens.of(decoded.request()).estimate();
    exchange.answer.tell(wire.tokenCount(tokens));
    return Future.succeededFuture();
  }
}
