package dev.ockham.ledger;

import java.time.Instant;

/** What a call is admitted by. One lock guards all of it. */
record Books(BudgetAccounts budgets, RateWindows rates, CostSketches costs) {

  /** Takes an attempt's end into account beside the balances. */
  void learn(Running ended, Entry.Settled settled, Instant now) {
    if (settled.basis() == Basis.REPORTED && settled.cost().isPresent()) {
      costs.add(settled.hold(), settled.posted());
    }
    for (RateWindows.Limited each : ended.rates()) {
      if (each.limit().metric() == RateLimit.Metric.TOKENS) {
        long expected = RateWindows.tokens(settled.hold().quote().expected());
        each.window().add(now, RateWindows.tokens(settled.usage()) - expected);
      }
    }
  }

  /** Events wait where the journal is short of room: a call's end is worth more. */
  static void note(Account account, Journal journal, Instant now) {
    if (account.hasUnnoted() && journal.admits()) {
      for (Entry.Reached event : account.unnoted(now)) {
        journal.append(event);
        account.noted();
      }
    }
  }
}
