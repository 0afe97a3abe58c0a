package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the journal holds. An attempt's last entry repeats its hold, so that it can be booked
 * without looking back to records that may be gone.
 */
public sealed interface Entry
    permits Entry.Reserved,
        Entry.ToppedUp,
        Entry.Dispatched,
        Entry.Ended,
        Entry.Reached,
        PackedRequest {

  /** An attempt's worst case is set aside. */
  record Reserved(Hold hold) implements Entry {}

  /**
   * More is held for a streaming attempt, in the budgets that hold what is likely.
   *
   * @param added nanodollars
   */
  record ToppedUp(
      AttemptId attempt, String organisation, List<Scope> scopes, long added, Instant at)
      implements Entry {
    public ToppedUp {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * A share of a limit was reached in a period. May come twice after a restart; means the same.
   *
   * @param since when the period began
   * @param spent nanodollars
   * @param limit nanodollars
   */
  record Reached(
      String organisation,
      Scope scope,
      Budget.Period period,
      Instant since,
      Threshold threshold,
      Instant at,
      long spent,
      long limit)
      implements Entry {}

  /** Bytes may have reached the provider from here on. */
  record Dispatched(AttemptId attempt, Instant at) implements Entry {}

  /** The last entry of an attempt; there is exactly one. */
  sealed interface Ended extends Entry {
    Hold hold();

    /** Empty if no byte was sent. */
    Optional<Instant> dispatchedAt();

    Instant at();

    /** Nanodollars that are posted to every scope of the hold. */
    long posted();
  }

  /**
   * @param cost empty where no price is known
   */
  record Settled(
      Hold hold,
      Optional<Instant> dispatchedAt,
      Instant at,
      Usage usage,
      Basis basis,
      Optional<Money> cost)
      implements Ended {
    @Override
    public long posted() {
      return cost.map(Nanos::rounded).orElse(0L);
    }

    /** Picodollars that rounding left: the exact cost less what was posted. */
    public long remainder() {
      return cost.map(Nanos::remainder).orElse(0L);
    }
  }

  /** Nothing was or will be charged. */
  record Voided(Hold hold, Optional<Instant> dispatchedAt, Instant at, String reason)
      implements Ended {
    @Override
    public long posted() {
      return 0;
    }
  }
}
