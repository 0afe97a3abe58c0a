package dev.ockham.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One period of one budget, in nanodollars. Its owner's lock guards it. */
final class Account {
  private static final long PERCENT = 100;

  private final AccountRules rules;
  private final Budget budget;
  private final Budget.Span span;
  private final long limit;
  private final Window throttled = new Window();
  private long spent;
  private long held;

  /** The first threshold whose event is still to be noted. */
  private int unnoted;

  Account(AccountRules rules, Budget budget, Budget.Span span, long spent) {
    this.rules = rules;
    this.budget = budget;
    this.span = span;
    this.limit = Nanos.down(budget.limit());
    this.spent = spent;
  }

  /** This account, or the one of the period that has begun since. */
  Account at(Instant now) {
    return rules.endsBy(span, now)
        ? new Account(rules, budget, budget.spanAt(now), rules.begunWith(spent))
        : this;
  }

  Budget budget() {
    return budget;
  }

  Budget.Span span() {
    return span;
  }

  /** What it holds of a call. */
  long amount(long worst, long likely) {
    return budget.mode().held(worst, likely);
  }

  /** Why a call may not be made; what costs nothing is no matter of the limit. */
  Optional<BudgetRefusal> refuses(long amount, Instant now) {
    if (budget.mode() instanceof Mode.Observe) {
      return Optional.empty();
    }
    for (Threshold threshold : budget.terms().thresholds()) {
      if (amount > 0 && isReached(threshold, now)) {
        Optional<BudgetRefusal> no = stops(threshold, now);
        if (no.isPresent()) {
          return no;
        }
      }
    }
    if (amount > 0 && budget.mode().isHard() && !rules.fits(amount, left(now))) {
      return Optional.of(overLimit(amount, now));
    }
    return Optional.empty();
  }

  private Optional<BudgetRefusal> stops(Threshold threshold, Instant now) {
    return switch (threshold.action()) {
      case Threshold.Action.Notify _, Threshold.Action.Cheaper _ -> Optional.empty();
      case Threshold.Action.Block _ -> Optional.of(stopped(threshold, now));
      case Threshold.Action.Ask _ ->
          budget.isIncreasedAt(now) ? Optional.empty() : Optional.of(stopped(threshold, now));
      case Threshold.Action.Throttle(int perMinute) ->
          throttled.used(now) < perMinute
              ? Optional.empty()
              : Optional.of(
                  new BudgetRefusal.TooMany(
                      budget.scope(),
                      RateLimit.Metric.REQUESTS,
                      perMinute,
                      throttled.used(now),
                      Optional.of(throttled.untilAtMost(now, perMinute - 1))));
    };
  }

  /** Whether calls of this scope should be made by cheaper models. */
  boolean prefersCheaper(Instant now) {
    for (Threshold threshold : budget.terms().thresholds()) {
      if (threshold.action() instanceof Threshold.Action.Cheaper && isReached(threshold, now)) {
        return !(budget.mode() instanceof Mode.Observe);
      }
    }
    return false;
  }

  private boolean isReached(Threshold threshold, Instant now) {
    long share = Math.multiplyExact(limit(now) / PERCENT, (long) threshold.percent());
    return spent >= Math.max(1, share);
  }

  /** Events to be noted now; each is given until {@link #noted} is called for it. */
  List<Entry.Reached> unnoted(Instant now) {
    List<Threshold> thresholds = budget.terms().thresholds();
    List<Entry.Reached> events = new ArrayList<>();
    for (int i = unnoted; i < thresholds.size() && isReached(thresholds.get(i), now); i++) {
      events.add(
          new Entry.Reached(
              budget.organisation(),
              budget.scope(),
              budget.period(),
              span.from(),
              thresholds.get(i),
              now,
              spent,
              limit(now)));
    }
    return events;
  }

  void noted() {
    unnoted++;
  }

  boolean hasUnnoted() {
    return unnoted < budget.terms().thresholds().size();
  }

  void countRequest(Instant now) {
    if (!budget.terms().thresholds().isEmpty()) {
      throttled.add(now, 1);
    }
  }

  /** Also less, where it is put right. */
  void hold(long nanos) {
    held = rules.afterHold(held, nanos);
  }

  void release(long nanos) {
    if (nanos > held) {
      throw new IllegalStateException(
          budget.scope() + ": releasing " + nanos + " of " + held + " nanodollars held");
    }
    held = rules.afterRelease(held, nanos);
  }

  void spend(long nanos) {
    spent = rules.afterSpending(spent, nanos);
  }

  /** Puts the ledger's sum in place of this one. */
  void correct(long ledger) {
    spent = ledger;
  }

  long spent() {
    return spent;
  }

  long held() {
    return held;
  }

  /** What may still be set aside; below zero where more is spent than may be. */
  long left(Instant now) {
    return rules.left(limit(now), spent, held);
  }

  private long limit(Instant now) {
    return budget.terms().increases().isEmpty() ? limit : Nanos.down(budget.limitAt(now));
  }

  Remaining remaining(Instant now) {
    return new Remaining(budget.scope(), Nanos.toMoney(Math.max(0, left(now))), span.until());
  }

  /**
   * @param beyond nanodollars that calls under way may cost beyond what is held here
   */
  BudgetStanding standing(Instant now, long beyond) {
    return new BudgetStanding(
        budget,
        span,
        budget.limitAt(now),
        Nanos.toMoney(spent),
        Nanos.toMoney(held),
        Nanos.toMoney(beyond));
  }

  BudgetRefusal overLimit(long amount, Instant now) {
    return new BudgetRefusal.OverLimit(
        budget.scope(),
        budget.limitAt(now),
        Nanos.toMoney(spent),
        Nanos.toMoney(held),
        Nanos.toMoney(amount),
        span.until());
  }

  private BudgetRefusal stopped(Threshold threshold, Instant now) {
    return new BudgetRefusal.Stopped(
        budget.scope(),
        budget.limitAt(now),
        Nanos.toMoney(spent),
        Nanos.toMoney(held),
        threshold,
        span.until());
  }
}
