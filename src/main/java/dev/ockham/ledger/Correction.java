package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A posting that makes the booked cost of a model's day what it really was: after a provider's
 * report, or at another price. What was posted before stays. It belongs to no budget: whose calls
 * the difference came from is not known.
 *
 * @param model the catalog's id
 * @param amount added to the cost; negative where too much was booked
 * @param source names the evidence, such as a report's checksum; it corrects a model's day once
 */
public record Correction(
    String organisation,
    String provider,
    String model,
    LocalDate day,
    Money amount,
    String why,
    String source,
    Instant at) {

  /** Nanodollars that are posted. */
  public long posted() {
    return Nanos.rounded(amount);
  }

  /** Picodollars that rounding left: the exact amount less what is posted. */
  public long remainder() {
    return Nanos.remainder(amount);
  }

  /** Their sum is zero. */
  List<Posting> postings() {
    return List.of(
        new Posting("cost/" + organisation, posted(), 0),
        new Posting("rounding/" + organisation, 0, remainder()),
        new Posting("payable/" + organisation + "/" + provider, -posted(), -remainder()));
  }
}
