package dev.ockham.ledger;

import java.time.Instant;
import java.util.Optional;

/** An attempt that has not ended. */
public record OpenAttempt(Hold hold, Optional<Instant> dispatchedAt) {
  public OpenAttempt dispatched(Instant at) {
    return new OpenAttempt(hold, Optional.of(at));
  }
}
