package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.Optional;

/** Why a budget does not let a call through. */
public sealed interface BudgetRefusal {
  Scope scope();

  /** One sentence for the client: what does not fit where, and what can be done. */
  String describe();

  /**
   * The worst case does not fit into what is left.
   *
   * @param needed the worst case of the call that was refused
   * @param resetsAt when the budget's period ends; empty for a budget without periods
   */
  record OverLimit(
      Scope scope, Money limit, Money spent, Money held, Money needed, Optional<Instant> resetsAt)
      implements BudgetRefusal {
    @Override
    public String describe() {
      String end = resetsAt.map(at -> "its period ends at " + at).orElse("it has no period");
      return ("the budget of %s is %s: %s spent, %s held by running calls, and this call may cost"
              + " up to %s; %s. Lower the maximum output, wait, or raise the budget.")
          .formatted(scope, limit, spent, held, needed, end);
    }
  }

  /** A hard budget cannot be kept when nobody knows what a call costs. */
  record PriceUnknown(Scope scope, String model) implements BudgetRefusal {
    @Override
    public String describe() {
      return "no price is known for "
          + model
          + ", and "
          + scope
          + " has a budget. Give the model a price (or \"free\") in the configuration, or call a"
          + " model that has one.";
    }
  }
}
