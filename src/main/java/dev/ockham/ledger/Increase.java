package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import java.time.Instant;

/**
 * More of a budget for a while.
 *
 * @param from inclusive
 * @param until exclusive
 * @param why for whoever reads it later
 */
public record Increase(Money amount, Instant from, Instant until, String why) {
  public Increase {
    if (amount.picos() <= 0 || !until.isAfter(from)) {
      throw new IllegalArgumentException(
          "an increase by "
              + amount
              + " from "
              + from
              + " until "
              + until
              + " (expected: more, for a while)");
    }
  }

  boolean isOn(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }
}
