package dev.ockham.catalog;

import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model costs. That it is free and that nobody knows are different things. */
public sealed interface Price {

  /** The model costs nothing per token, and somebody said so. */
  record Free() implements Price {}

  /** No price is known. A cost computed with it is unknown too, never zero. */
  record Unknown() implements Price {}

  /**
   * List prices by token class.
   *
   * @param version names this price among all that the model ever had; kept with every cost
   * @param picosPerToken picodollars per token; has at least {@link TokenClass#INPUT} and {@link
   *     TokenClass#OUTPUT}
   */
  record Listed(String version, Map<TokenClass, Long> picosPerToken) implements Price {
    public Listed {
      picosPerToken = Map.copyOf(picosPerToken);
      for (TokenClass kind : List.of(TokenClass.INPUT, TokenClass.OUTPUT)) {
        if (!picosPerToken.containsKey(kind)) {
          throw new IllegalArgumentException(
              version + " has no price for " + kind.wireName() + " (expected: one)");
        }
      }
    }

    /** Reasoning is billed as output and cached tokens as input where no own price is listed. */
    public long picosFor(TokenClass kind) {
      Long own = picosPerToken.get(kind);
      if (own != null) {
        return own;
      }
      return picosPerToken.getOrDefault(kind.isInput() ? TokenClass.INPUT : TokenClass.OUTPUT, 0L);
    }
  }

  /** One line of a bill: so many tokens of a class at so much each. */
  record Line(TokenClass kind, long tokens, long picosPerToken) {
    public Money amount() {
      return new Money(Math.multiplyExact(tokens, picosPerToken));
    }
  }

  /** A usage's cost with its lines; no total where the price is unknown. */
  record Cost(List<Line> lines, Optional<Money> total) {
    public static final Cost UNKNOWN = new Cost(List.of(), Optional.empty());

    public Cost {
      lines = List.copyOf(lines);
    }
  }

  /** What this usage costs at this price. */
  default Cost of(Usage usage) {
    return switch (this) {
      case Unknown() -> Cost.UNKNOWN;
      case Free() -> new Cost(List.of(), Optional.of(Money.ZERO));
      case Listed listed -> {
        var lines = new ArrayList<Line>();
        var total = Money.ZERO;
        for (Map.Entry<TokenClass, Long> entry : byClass(usage).entrySet()) {
          var line = new Line(entry.getKey(), entry.getValue(), listed.picosFor(entry.getKey()));
          lines.add(line);
          total = total.plus(line.amount());
        }
        yield new Cost(lines, Optional.of(total));
      }
    };
  }

  /** The name of the price version, {@code free} or {@code unknown}. */
  default String versionName() {
    return switch (this) {
      case Free() -> "free";
      case Unknown() -> "unknown";
      case Listed listed -> listed.version();
    };
  }

  private static EnumMap<TokenClass, Long> byClass(Usage usage) {
    var ordered = new EnumMap<TokenClass, Long>(TokenClass.class);
    ordered.putAll(usage.tokens());
    return ordered;
  }
}
