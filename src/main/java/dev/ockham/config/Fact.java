package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one collection says of one model, in our words, before collections are compared.
 *
 * @param retires the last day it is known to be served; empty where none is said
 */
record Fact(
    String id,
    OptionalLong context,
    OptionalLong output,
    Set<Capability> capabilities,
    List<Cost> costs,
    Optional<LocalDate> retires) {

  /** A price from a day on; no rates mean that it is not known, only zeros that it is free. */
  record Cost(LocalDate from, Map<TokenClass, Long> picos, List<PriceVariant> variants) {
    Cost {
      picos = picos.isEmpty() ? Map.of() : new EnumMap<>(picos);
      variants = List.copyOf(variants);
    }

    boolean isFree() {
      return !picos.isEmpty() && picos.values().stream().allMatch(rate -> rate == 0);
    }

    Cost with(List<PriceVariant> more) {
      var all = new ArrayList<>(variants);
      all.addAll(more);
      return new Cost(from, picos, all);
    }
  }

  /** The price in force on a day. */
  Optional<Cost> costOn(LocalDate day) {
    return costs.stream().filter(cost -> !cost.from().isAfter(day)).reduce((_, later) -> later);
  }
}
