package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why a budget or a rate limit does not let a call through. */
public sealed interface BudgetRefusal {
  Scope scope();

  /** One sentence for the client: what does not fit where, and what can be done. */
  String describe();

  /**
   * What would be held does not fit into what is left.
   *
   * @param needed what the call that was refused would have held
   * @param resetsAt when the budget's period ends; empty for a budget without periods
   */
  record OverLimit(
      Scope scope, Money limit, Money spent, Money held, Money needed, Optional<Instant> resetsAt)
      implements BudgetRefusal {
    @Override
    public String describe() {
      return ("the budget of %s is %s: %s spent, %s held by running calls, and this call may cost"
              + " up to %s; %s. Lower the maximum output, wait, or raise the budget.")
          .formatted(scope, limit, spent, held, needed, ends(resetsAt));
    }
  }

  /** So much of a limit is spent that nothing more is allowed, or not without being asked for. */
  record Stopped(
      Scope scope,
      Money limit,
      Money spent,
      Money held,
      Threshold threshold,
      Optional<Instant> resetsAt)
      implements BudgetRefusal {
    public boolean mayBeApproved() {
      return threshold.action() instanceof Threshold.Action.Ask;
    }

    @Override
    public String describe() {
      return "the budget of %s is %s and %s of it is spent: at %d %% %s; %s. %s"
          .formatted(
              scope,
              limit,
              spent,
              threshold.percent(),
              mayBeApproved() ? "further calls need approval" : "it is closed",
              ends(resetsAt),
              "Ask who runs Ockham for more: ./ockham budget raise " + scope + " AMOUNT --for 1d");
    }
  }

  /**
   * Too many in a minute.
   *
   * @param retryAfter empty where this request is too much for any minute
   */
  record TooMany(
      Scope scope,
      RateLimit.Metric metric,
      long perMinute,
      long used,
      Optional<Duration> retryAfter)
      implements BudgetRefusal {
    @Override
    public String describe() {
      return "%s may use %d %s a minute and has used %d: %s"
          .formatted(
              scope,
              perMinute,
              metric.wireName(),
              used,
              retryAfter
                  .map(wait -> "try again in " + wait.toSeconds() + " s")
                  .orElse("this request is too long for that; send a shorter one"));
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

  private static String ends(Optional<Instant> resetsAt) {
    return resetsAt.map(at -> "its period ends at " + at).orElse("it has no period");
  }
}
