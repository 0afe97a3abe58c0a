package dev.ockham.catalog;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rates that a provider charges under a condition, whole in themselves: what they do not list costs
 * as their input or output. Searches and requests that they do not list cost as in the standard.
 */
public record PriceVariant(Condition when, Map<TokenClass, Long> picosPerToken) {
  private static final int SECONDS_OF_A_DAY = 86_400;

  public PriceVariant {
    picosPerToken = Map.copyOf(picosPerToken);
    if (!picosPerToken.containsKey(TokenClass.INPUT)
        || !picosPerToken.containsKey(TokenClass.OUTPUT)) {
      throw new IllegalArgumentException(
          "rates for " + when + ": " + picosPerToken + " (expected: at least input and output)");
    }
  }

  /**
   * When rates apply: all of it must hold.
   *
   * @param tier the call's
   * @param aboveInput input tokens of all classes that a call must have more than; 0 asks for none
   * @param hours of the day; empty for all of it
   */
  public record Condition(ServiceTier tier, long aboveInput, Optional<Hours> hours) {
    boolean holds(ServiceTier served, long input, Optional<Instant> at) {
      return tier == served
          && (aboveInput == 0 || input > aboveInput)
          && (hours.isEmpty() || at.map(hours.get()::contain).orElse(false));
    }
  }

  /** Daily, in UTC: from the first instant up to the second, perhaps past midnight. */
  public record Hours(LocalTime from, LocalTime until) {
    boolean contain(Instant at) {
      long second = Math.floorMod(at.getEpochSecond(), SECONDS_OF_A_DAY);
      long begin = from.toSecondOfDay();
      long end = until.toSecondOfDay();
      return begin < end ? second >= begin && second < end : second >= begin || second < end;
    }
  }

  /** The tier whose rates a call is charged by: its own where any are listed, else the standard. */
  static ServiceTier listed(Optional<ServiceTier> served, List<PriceVariant> variants) {
    if (served.isPresent()) {
      for (PriceVariant variant : variants) {
        if (variant.when.tier == served.get()) {
          return served.get();
        }
      }
    }
    return ServiceTier.STANDARD;
  }
}
