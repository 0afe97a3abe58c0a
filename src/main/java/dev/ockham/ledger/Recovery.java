package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is done for attempts that nobody is there to end, and what is learned from old ones. */
final class Recovery {
  private static final int MOST_COSTS = 4_000;

  private Recovery() {}

  /** Ends attempts of a process that is no more; gives those that go on without it. */
  static Map<AttemptId, Running> end(
      List<OpenAttempt> open, Set<AttemptId> goingOn, Journal journal, Instant now) {
    journal.running(open.size());
    journal.tend();
    Map<AttemptId, Running> going = new HashMap<>();
    for (OpenAttempt attempt : open) {
      AttemptId id = attempt.hold().attempt();
      if (goingOn.contains(id)) {
        going.put(id, Running.goingOn(attempt));
      } else {
        journal.append(ending(attempt, now, "the gateway died before the call"));
      }
    }
    return going;
  }

  /** Voided where nothing was sent; else booked at what was expected, or what was topped up to. */
  static Entry.Ended ending(OpenAttempt attempt, Instant now, String unsent) {
    Hold hold = attempt.hold();
    if (attempt.dispatchedAt().isEmpty()) {
      return new Entry.Voided(hold, Optional.empty(), now, unsent);
    }
    Usage expected = hold.quote().expected();
    Optional<Money> cost = hold.quote().price().of(expected, hold.at()).total();
    return new Entry.Settled(hold, attempt.dispatchedAt(), now, expected, Basis.RECOVERED, cost);
  }

  static Settlement settlement(Entry.Settled booked, Position position) {
    return new Settlement(
        booked.hold(),
        booked.usage(),
        booked.basis(),
        booked.hold().quote().price().of(booked.usage(), booked.hold().at()),
        Optional.empty(),
        position);
  }

  static Map<Scope, Long> spent(Budget budget, Budget.Span span, Checkpoint checkpoint, Tail tail) {
    return tail.spent(budget, span, checkpoint.spent(budget.organisation(), budget.scope(), span));
  }

  static void learnCosts(CostSketches costs, Checkpoint checkpoint, Tail tail) {
    for (Checkpoint.PastCost past : checkpoint.latestCosts(MOST_COSTS)) {
      costs.add(past);
    }
    for (Entry.Ended last : tail.ended()) {
      if (last instanceof Entry.Settled settled
          && settled.basis() == Basis.REPORTED
          && settled.cost().isPresent()) {
        costs.add(settled.hold(), settled.posted());
      }
    }
  }
}
