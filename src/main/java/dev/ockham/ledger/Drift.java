package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;

/** Where a counter says something else than the ledger that it is a cache of. */
public record Drift(Scope scope, Budget.Period period, What what, Money counter, Money ledger) {
  /** Which of an account's counters. */
  public enum What {
    SPENT,
    HELD
  }
}
