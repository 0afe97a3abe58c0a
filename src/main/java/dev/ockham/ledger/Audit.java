package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Compares accounts with the ledger that they are caches of. */
final class Audit {
  private final Map<Account, Long> before = new HashMap<>();

  /** Reads the checkpoint, which may block. */
  Audit(List<Account> accounts, Checkpoint checkpoint) {
    for (Account account : accounts) {
      Budget budget = account.budget();
      Map<Scope, Long> spent =
          checkpoint.spent(budget.organisation(), budget.scope(), account.span());
      before.put(account, spent.getOrDefault(budget.scope(), 0L));
    }
  }

  /**
   * Under the lock; puts right what differs.
   *
   * @param current accounts; others have been replaced since, or their period is over
   */
  List<Drift> compare(Tail tail, Collection<Running> running, List<Account> current) {
    before.keySet().retainAll(new HashSet<>(current));
    Map<Account, Long> held = new HashMap<>();
    for (Running each : running) {
      for (Account account : each.accounts()) {
        held.merge(account, each.amountIn(account), Long::sum);
      }
    }
    List<Drift> drifts = new ArrayList<>();
    before.forEach((account, known) -> {
      Budget budget = account.budget();
      Map<Scope, Long> sums = tail.spent(budget, account.span(), Map.of(budget.scope(), known));
      long spent = sums.getOrDefault(budget.scope(), 0L);
      if (spent != account.spent()) {
        drifts.add(drift(budget, Drift.What.SPENT, account.spent(), spent));
        account.correct(spent);
      }
      long ofRunning = held.getOrDefault(account, 0L);
      if (ofRunning != account.held()) {
        drifts.add(drift(budget, Drift.What.HELD, account.held(), ofRunning));
        account.hold(ofRunning - account.held());
      }
    });
    return drifts;
  }

  private static Drift drift(Budget budget, Drift.What what, long counter, long ledger) {
    return new Drift(
        budget.scope(), budget.period(), what, Nanos.toMoney(counter), Nanos.toMoney(ledger));
  }

  static List<BudgetStanding> standings(
      List<Account> accounts, Collection<Running> running, Instant now) {
    Map<Account, Long> beyond = new HashMap<>();
    for (Running each : running) {
      for (Account account : each.accounts()) {
        beyond.merge(account, each.hold().nanos() - each.amountIn(account), Long::sum);
      }
    }
    return accounts.stream()
        .map(account -> account.standing(now, beyond.getOrDefault(account, 0L)))
        .sorted(
            Comparator.comparing((BudgetStanding s) -> s.budget().organisation())
                .thenComparing(s -> s.budget().scope().kind())
                .thenComparing(s -> s.budget().scope().name())
                .thenComparing(s -> s.budget().period()))
        .toList();
  }
}
