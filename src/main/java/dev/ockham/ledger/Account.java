package dev.ockham.ledger;

import java.time.Instant;

/** One period of one budget, in nanodollars. Its owner's lock guards it. */
final class Account {
  private final Budget budget;
  private final Budget.Span span;
  private final long limit;
  private long spent;
  private long held;

  Account(Budget budget, Budget.Span span, long spent) {
    this.budget = budget;
    this.span = span;
    this.limit = Nanos.down(budget.limit());
    this.spent = spent;
  }

  /** This account, or the one of the period that has begun since. */
  Account at(Instant now) {
    return span.isOverAt(now) ? new Account(budget, budget.spanAt(now), 0) : this;
  }

  Budget budget() {
    return budget;
  }

  Budget.Span span() {
    return span;
  }

  boolean fits(long nanos) {
    return Math.addExact(Math.addExact(spent, held), nanos) <= limit;
  }

  void hold(long nanos) {
    held = Math.addExact(held, nanos);
  }

  void release(long nanos) {
    if (nanos > held) {
      throw new IllegalStateException(
          budget.scope() + ": releasing " + nanos + " of " + held + " nanodollars held");
    }
    held -= nanos;
  }

  void spend(long nanos) {
    spent = Math.addExact(spent, nanos);
  }

  long spent() {
    return spent;
  }

  long held() {
    return held;
  }

  BudgetStanding standing() {
    return new BudgetStanding(budget, span, Nanos.toMoney(spent), Nanos.toMoney(held));
  }

  BudgetRefusal refuses(long nanos) {
    return new BudgetRefusal.OverLimit(
        budget.scope(),
        budget.limit(),
        Nanos.toMoney(spent),
        Nanos.toMoney(held),
        Nanos.toMoney(nanos),
        span.until());
  }
}
