package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The current account of every budget, found by scope. Its owner's lock guards it. */
final class BudgetAccounts {
  /** A budget's accounts, one after another. */
  private static final class Line {
    private Account current;

    Line(Account current) {
      this.current = current;
    }

    Account at(Instant now) {
      current = current.at(now);
      return current;
    }

    boolean isOf(Budget.Period period) {
      return current.budget().period() == period;
    }
  }

  private final AccountRules rules;
  private final ByScope<Line> lines = new ByScope<>();

  /** Read without the lock, so that it need not be taken where there is no such budget. */
  private volatile boolean mayPreferCheaper;

  BudgetAccounts(AccountRules rules) {
    this.rules = rules;
  }

  /** Every account that binds these scopes, of the period of {@code now}. */
  List<Account> binding(String organisation, Collection<Scope> scopes, Instant now) {
    List<Account> binding = new ArrayList<>();
    lines.binding(organisation, scopes, line -> binding.add(line.at(now)));
    return binding;
  }

  boolean mayPreferCheaper() {
    return mayPreferCheaper;
  }

  boolean prefersCheaper(String organisation, Collection<Scope> scopes, Instant now) {
    return binding(organisation, scopes, now).stream().anyMatch(a -> a.prefersCheaper(now));
  }

  /**
   * In place of a budget with the same scope and period.
   *
   * @param spent in this span, by scope
   */
  void put(Budget budget, Budget.Span span, Map<Scope, Long> spent) {
    remove(budget.organisation(), budget.scope(), budget.period());
    for (Threshold threshold : budget.terms().thresholds()) {
      if (threshold.action() instanceof Threshold.Action.Cheaper) {
        mayPreferCheaper = true;
      }
    }
    if (!budget.scope().isEach()) {
      long known = spent.getOrDefault(budget.scope(), 0L);
      lines.add(budget.organisation(), budget.scope(), line(budget, span, known));
      return;
    }
    Map<Scope, Line> known = new HashMap<>();
    spent.forEach((scope, nanos) -> known.put(scope, line(budget.of(scope), span, nanos)));
    // A scope that is first seen later begins in this span, and is moved on from there.
    lines.addEach(
        budget.organisation(), budget.scope(), scope -> line(budget.of(scope), span, 0), known);
  }

  private Line line(Budget budget, Budget.Span span, long spent) {
    return new Line(new Account(rules, budget, span, spent));
  }

  boolean remove(String organisation, Scope scope, Budget.Period period) {
    return lines.remove(organisation, scope, line -> line.isOf(period));
  }

  List<Account> all(Instant now) {
    lines.forgetEach(line -> line.current.span().isOverAt(now));
    List<Account> all = new ArrayList<>();
    lines.forEach(line -> all.add(line.at(now)));
    return all;
  }
}
