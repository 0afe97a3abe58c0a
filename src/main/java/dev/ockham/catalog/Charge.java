package dev.ockham.catalog;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was used and cost within an hour, of one thing at one price by one set of scopes: the unit
 * of exports. All charges of a time add up to what the ledger posted in it.
 *
 * @param hour its beginning, UTC
 * @param scopes whom it is for, such as {@code team:claims}, the widest first
 * @param quantity tokens, or pieces of what is not counted in tokens
 * @param amount empty where no price is known
 */
public record Charge(
    Instant hour,
    String organisation,
    List<String> scopes,
    Offer offer,
    Item item,
    long quantity,
    Optional<Money> amount) {

  /** A model of a provider at one version of its price. */
  public record Offer(String model, String provider, String priceVersion) {}

  /** What is charged for. */
  public sealed interface Item {}

  /**
   * Usage of one class.
   *
   * @param tier the one that was priced; empty is the standard one
   * @param estimated whether the count is an estimate, because the provider gave none
   * @param picosPerUnit empty where no price is known
   */
  public record Used(
      TokenClass kind, Optional<ServiceTier> tier, boolean estimated, OptionalLong picosPerUnit)
      implements Item {}

  /** A discount or mark-up that was agreed, on all usage of a call. */
  public record Agreed(String name) implements Item {}

  public Charge {
    scopes = List.copyOf(scopes);
  }
}
