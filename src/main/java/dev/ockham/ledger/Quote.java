package dev.ockham.ledger;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * What one call may cost.
 *
 * @param model the catalog's id
 * @param provider the endpoint's name: who will send the bill
 * @param worstCase what is held: input estimated high and not cached, the most output that can
 *     come, at the tier that was asked for
 * @param expected what is booked if the process dies and nobody knows what was used
 */
public record Quote(String model, String provider, Price price, Usage worstCase, Usage expected) {
  public static Quote of(Model model, Usage worstCase, Usage expected) {
    return new Quote(model.id(), model.endpoint().name(), model.price(), worstCase, expected);
  }

  /** For a call that is begun at an instant; empty where the price is unknown. */
  public Optional<Money> worstCost(Instant at) {
    return price.of(worstCase, at).total();
  }
}
