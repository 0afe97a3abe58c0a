package dev.ockham.store;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Basis;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of a model.
 *
 * @param price the version in force when it was made; the lines of {@code cost} follow from it
 * @param note why it was voided
 */
public record StoredAttempt(
    AttemptId id,
    String model,
    String provider,
    State state,
    Optional<Basis> basis,
    Usage usage,
    Price price,
    Cost cost,
    Money held,
    Times times,
    Optional<String> note) {

  /** How far an attempt has come. */
  public enum State {
    RESERVED("reserved"),
    DISPATCHED("dispatched"),
    SETTLED("settled"),
    SETTLED_ESTIMATED("settled_estimated"),
    VOIDED("voided");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    /** The name in our API; never changes. */
    public String wireName() {
      return wireName;
    }
  }

  /** When it was reserved, when its first byte went out, when it ended. */
  public record Times(Instant reserved, Optional<Instant> dispatched, Optional<Instant> ended) {}
}
