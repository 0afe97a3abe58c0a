package dev.ockham.serve;

import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Model;
import dev.ockham.provider.AttemptEnd;
import dev.ockham.provider.Balancer;
import dev.ockham.provider.Group;
import dev.ockham.provider.ProviderFailure;
import dev.ockham.provider.Standing;
import dev.ockham.provider.Turn;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks for one request until somebody has begun to answer: another deployment of the model, the
 * same one after a while, the next model of the decision. It ends when none is left, a failure is
 * the request's own, or the request has taken as long as one call may.
 */
final class Persistence {
  private final Loop loop;
  private final Exchange exchange;
  private final Plan plan;
  private final Predicate<Model> mayServe;
  private final Function<Turn, Future<AttemptEnd>> ask;
  private final List<Group> asked = new ArrayList<>(1);

  /** Where the model at hand was tried. */
  private final List<Deployment.Key> tried = new ArrayList<>(1);

  /** How often the model at hand was asked again where it was tried. */
  private int repeated;

  /**
   * @param ask makes one call
   */
  Persistence(
      Loop loop,
      Exchange exchange,
      Plan plan,
      Predicate<Model> mayServe,
      Function<Turn, Future<AttemptEnd>> ask) {
    this.loop = loop;
    this.exchange = exchange;
    this.plan = plan;
    this.mayServe = mayServe;
    this.ask = ask;
  }

  Future<AttemptEnd> untilAnswered() {
    return nextModel().map(this::call).orElseGet(() -> Future.failedFuture(nobody()));
  }

  /** A place at the next model of the decision that can be called now. */
  private Optional<Turn> nextModel() {
    while (plan.hasNext()) {
      Group group = loop.balancer().of(exchange.fleet.catalog().deployments(plan.next()));
      asked.add(group);
      tried.clear();
      repeated = 0;
      Optional<Turn> turn = group.first(streamed(), this::isNew);
      if (turn.isPresent()) {
        return turn;
      }
    }
    return Optional.empty();
  }

  private Future<AttemptEnd> call(Turn turn) {
    long askedAt = loop.now();
    return ask.apply(turn)
        .onSuccess(end -> ended(turn, end, askedAt))
        .onFailure(refusedOrBug -> turn.unused())
        .compose(end ->
            end instanceof AttemptEnd.Failed failed
                ? failed(turn, failed)
                : Future.succeededFuture(end));
  }

  /** A whole answer begins and ends at once. */
  private void ended(Turn turn, AttemptEnd end, long askedAt) {
    if (!streamed() && end instanceof AttemptEnd.Completed) {
      turn.began(false, loop.now() - askedAt);
    }
    turn.ended(end);
  }

  private Future<AttemptEnd> failed(Turn turn, AttemptEnd.Failed failed) {
    exchange.failures++;
    if (!failed.failure().mayFallBack() || isLate(Duration.ZERO)) {
      return Future.succeededFuture(failed);
    }
    exchange.answer.forgetReply();
    tried.add(turn.deployment().key());
    return another(turn, failed).recover(why -> instead(failed, why));
  }

  /** Where no further call could be held for, the client is told why the one before it failed. */
  private static Future<AttemptEnd> instead(AttemptEnd end, Throwable why) {
    return why instanceof Refusal ? Future.succeededFuture(end) : Future.failedFuture(why);
  }

  private Future<AttemptEnd> another(Turn turn, AttemptEnd.Failed failed) {
    Optional<Turn> elsewhere = elsewhere();
    if (elsewhere.isPresent()) {
      return call(elsewhere.get());
    }
    Optional<Duration> wait = waitToRepeat(failed);
    return wait.isPresent()
        ? loop.after(wait.get()).compose(over -> repeat(turn.deployment(), failed))
        : fallBack(failed);
  }

  /** Another deployment of the same model; that repeats a call, so the budget must allow it. */
  private Optional<Turn> elsewhere() {
    Optional<Turn> turn = group().next(streamed(), this::isNew);
    if (turn.isPresent() && !group().budget().take()) {
      turn.get().unused();
      return Optional.empty();
    }
    return turn;
  }

  /** Another model is rather asked than a busy one waited for. */
  private Optional<Duration> waitToRepeat(AttemptEnd.Failed failed) {
    if (failed.failure() instanceof ProviderFailure.Throttled && plan.hasNext()) {
      return Optional.empty();
    }
    return loop.retries()
        .waitBefore(failed, repeated, loop.balancer().chance())
        .filter(wait -> !isLate(wait) && group().budget().take());
  }

  private Future<AttemptEnd> repeat(Deployment same, AttemptEnd.Failed failed) {
    repeated++;
    return group()
        .next(streamed(), place -> place.equals(same))
        .map(this::call)
        .orElseGet(() -> fallBack(failed));
  }

  private Future<AttemptEnd> fallBack(AttemptEnd.Failed failed) {
    return nextModel().map(this::call).orElseGet(() -> Future.succeededFuture(failed));
  }

  private boolean isNew(Deployment deployment) {
    return mayServe.test(deployment.model()) && !tried.contains(deployment.key());
  }

  private Group group() {
    return asked.getLast();
  }

  private boolean streamed() {
    return plan.asked().request().stream();
  }

  /** Whether the request will then have taken as long as one call may. */
  private boolean isLate(Duration more) {
    Duration deadline = exchange.model.orElseThrow().endpoint().deadline();
    return loop.now() - exchange.startNanos + more.toNanos() > deadline.toNanos();
  }

  /** Nobody could be asked at all. */
  private Refusal nobody() {
    List<Balancer.State> states = asked.stream().flatMap(group -> group.states().stream()).toList();
    Duration wait =
        states.stream()
            .map(Balancer.State::untilNext)
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    String seconds = Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    List<String> standings = states.stream().map(Balancer.State::describe).toList();
    boolean throttled = states.stream().allMatch(state -> state.standing() == Standing.COOLING);
    return Refusal.retryLater(
        throttled ? Errors.allThrottled(standings) : Errors.allDown(standings), seconds);
  }
}
