package dev.ockham.ledger;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import java.util.Optional;

/**
 * What an attempt cost in the end.
 *
 * @param usage the counts that were priced; the expected ones where none were known
 * @param cost exact, with its lines; without a total where no price is known
 * @param remaining of the hard budget with the least left; empty where none binds
 * @param position of its record in the journal
 */
public record Settlement(
    Hold hold,
    Usage usage,
    Basis basis,
    Cost cost,
    Optional<Remaining> remaining,
    Position position) {
  public Optional<Money> total() {
    return cost.total();
  }
}
