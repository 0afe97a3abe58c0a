package dev.ockham.lab.xray;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was added up of some calls. Dollars are exact. */
final class Tally {
  private final EnumMap<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
  private long calls;
  private long unpriced;
  private BigDecimal dollars = BigDecimal.ZERO;

  void add(LogRow row, Optional<BigDecimal> cost) {
    calls += row.calls();
    for (Map.Entry<TokenClass, Long> each : row.usage().tokens().entrySet()) {
      tokens.merge(each.getKey(), each.getValue(), Math::addExact);
    }
    if (cost.isPresent()) {
      dollars = dollars.add(cost.get());
    } else {
      unpriced += Math.max(1, row.calls());
    }
  }

  long calls() {
    return calls;
  }

  /** Calls, or buckets of them, that no price is known for. */
  long unpriced() {
    return unpriced;
  }

  BigDecimal dollars() {
    return dollars;
  }

  Usage usage() {
    return new Usage(tokens);
  }
}
