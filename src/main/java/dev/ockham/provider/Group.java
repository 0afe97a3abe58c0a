package dev.ockham.provider;

import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.provider.Balancer.Member;
import dev.ockham.provider.Health.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The deployments of one model, with what is known of each. Safe for threads. */
public final class Group {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Balancer balancer;
  private final Deployments deployments;
  private final List<Member> members;
  private final RetryBudget budget;
  private final AtomicLong lookedAt;

  Group(Balancer balancer, Deployments deployments, List<Member> members, RetryBudget budget) {
    this.balancer = balancer;
    this.deployments = deployments;
    this.members = List.copyOf(members);
    this.budget = budget;
    this.lookedAt = new AtomicLong(balancer.now());
  }

  public Deployments deployments() {
    return deployments;
  }

  /** What calls of the model may be repeated. */
  public RetryBudget budget() {
    return budget;
  }

  /** A request asks the model for the first time. */
  public Optional<Turn> first(boolean streamed, Predicate<Deployment> mayServe) {
    budget.request();
    return next(streamed, mayServe);
  }

  /**
   * A place at one of the deployments that may be called now: more often at those with more weight,
   * fewer calls under way and faster answers.
   *
   * @param streamed whether the answer is to come as a stream
   * @param mayServe leaves out those where it was tried already
   */
  public Optional<Turn> next(boolean streamed, Predicate<Deployment> mayServe) {
    long now = balancer.now();
    if (members.size() == 1) {
      Member only = members.getFirst();
      return mayServe.test(only.deployment()) ? begin(only, now) : Optional.empty();
    }
    lookForOutliers(now);
    Optional<Turn> among = draw(new Shares(members, streamed, now, false), mayServe, now);
    return among.isPresent()
        ? among
        : draw(new Shares(members, streamed, now, true), mayServe, now);
  }

  private Optional<Turn> draw(Shares shares, Predicate<Deployment> mayServe, long now) {
    for (int i = 0; i < members.size(); i++) {
      if (!mayServe.test(members.get(i).deployment())) {
        shares.leaveOut(i);
      }
    }
    for (int which = shares.draw(balancer.chance());
        which >= 0;
        which = shares.draw(balancer.chance())) {
      Optional<Turn> turn = begin(members.get(which), now);
      if (turn.isPresent()) {
        return turn;
      }
      shares.leaveOut(which); // somebody else took its last place
    }
    return Optional.empty();
  }

  private Optional<Turn> begin(Member member, long now) {
    Admission admission = member.health().begin(now);
    if (admission == Admission.NONE) {
      return Optional.empty();
    }
    var turn = new Turn(balancer, member, admission);
    if (balancer.accepts(member, now)) {
      return Optional.of(turn);
    }
    turn.unused();
    return Optional.empty();
  }

  /** How each of them fares. */
  public List<Balancer.State> states() {
    return states(balancer.now());
  }

  List<Balancer.State> states(long now) {
    return members.stream().map(member -> balancer.state(member, now)).toList();
  }

  private void lookForOutliers(long now) {
    long last = lookedAt.get();
    if (now - last < LOOK_NANOS || !lookedAt.compareAndSet(last, now)) {
      return;
    }
    Outliers.worst(members.stream().map(member -> member.health().evidence(now)).toList())
        .ifPresent(which -> members.get(which).health().eject(now));
  }
}
