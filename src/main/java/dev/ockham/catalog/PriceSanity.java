package dev.ockham.catalog;

import dev.ockham.chat.TokenClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a price may follow another. A slipped decimal point makes a price a thousand times too
 * high or too low, an empty field makes it zero: neither is believed without somebody's word. A
 * model that is free says so.
 */
public final class PriceSanity {
  private static final long TOO_MANY_FOLD = 1_000;

  private PriceSanity() {}

  /** What speaks against a price; empty where nothing does. */
  public static List<String> objections(Price before, Price after) {
    var objections = new ArrayList<String>();
    if (after instanceof Price.Listed listed) {
      if (listed.picosPerToken().values().stream().allMatch(rate -> rate == 0)) {
        objections.add("every rate is 0, which is not the same as free");
      }
      if (before instanceof Price.Listed earlier) {
        Map<String, Map<TokenClass, Long>> known = rates(earlier);
        rates(listed)
            .forEach((when, rates) ->
                Optional.ofNullable(known.get(when))
                    .ifPresent(old -> compare(when, old, rates, objections)));
      }
    } else if (after instanceof Price.Unknown && !(before instanceof Price.Unknown)) {
      objections.add("a known price became unknown");
    }
    return objections;
  }

  private static void compare(
      String when,
      Map<TokenClass, Long> before,
      Map<TokenClass, Long> after,
      List<String> objections) {
    for (TokenClass kind : TokenClass.values()) {
      long old = before.getOrDefault(kind, 0L);
      long next = after.getOrDefault(kind, 0L);
      if (old > 0 && after.containsKey(kind)) {
        String change = when + kind.wireName() + " " + old + " -> " + next + " picodollars";
        if (next < 0) {
          objections.add(change + ": negative");
        } else if (next == 0) {
          objections.add(change + ": a sudden 0");
        } else if (next / TOO_MANY_FOLD >= old || old / TOO_MANY_FOLD >= next) {
          objections.add(change + ": a thousand-fold change");
        }
      }
    }
  }

  /** Every set of rates by its condition, the standard one under no words. */
  private static Map<String, Map<TokenClass, Long>> rates(Price.Listed listed) {
    var rates = new LinkedHashMap<String, Map<TokenClass, Long>>();
    rates.put("", listed.picosPerToken());
    for (PriceVariant variant : listed.variants()) {
      PriceVariant.Condition when = variant.when();
      String words =
          when.tier().wireName()
              + (when.aboveInput() > 0 ? " above " + when.aboveInput() : "")
              + when.hours().map(hours -> " " + hours.from() + "-" + hours.until()).orElse("");
      rates.put(words + " ", variant.picosPerToken());
    }
    return rates;
  }
}
