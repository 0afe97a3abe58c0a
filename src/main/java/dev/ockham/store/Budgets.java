package dev.ockham.store;

import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.policy.Scope;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The budgets in force. Thin for now. */
@SuppressWarnings("DoNotCallSuggester")
public final class Budgets {
  Budgets() {}

  /** How each stands now. Never blocks. */
  public List<BudgetStanding> list() {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts a budget in force, in place of one with the same scope and period. It counts what was
   * spent in its period before it existed.
   */
  public CompletionStage<Void> set(Budget budget) {
    throw new UnsupportedOperationException(budget.toString());
  }

  /** False if there is none. */
  public CompletionStage<Boolean> remove(String organisation, Scope scope, Budget.Period period) {
    throw new UnsupportedOperationException(organisation + scope + period);
  }
}
