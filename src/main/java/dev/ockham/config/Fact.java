package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one collection says of one model, in our words, before collections are compared.
 *
 * @param tierFrom input tokens above which its provider charges more; empty where the price is flat
 */
record Fact(
    String id,
    OptionalLong context,
    OptionalLong output,
    Set<Capability> capabilities,
    List<Cost> costs,
    OptionalLong tierFrom) {

  /** A price from a day on; no rates mean that it is not known, only zeros that it is free. */
  record Cost(LocalDate from, Map<TokenClass, Long> picos) {
    Cost {
      picos = picos.isEmpty() ? Map.of() : new EnumMap<>(picos);
    }

    boolean isFree() {
      return !picos.isEmpty() && picos.values().stream().allMatch(rate -> rate == 0);
    }
  }

  /** The price in force on a day. */
  Optional<Cost> costOn(LocalDate day) {
    return costs.stream().filter(cost -> !cost.from().isAfter(day)).reduce((_, later) -> later);
  }
}
