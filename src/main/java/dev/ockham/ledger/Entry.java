package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * What the journal holds. An attempt's last entry repeats its hold, so that it can be booked
 * without looking back to records that may be gone.
 */
public sealed interface Entry permits Entry.Reserved, Entry.Dispatched, Entry.Ended, PackedRequest {

  /** An attempt's worst case is set aside. */
  record Reserved(Hold hold) implements Entry {}

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
