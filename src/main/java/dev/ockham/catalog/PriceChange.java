package dev.ockham.catalog;

import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one price differs from another, in words. */
public final class PriceChange {
  private static final int MILLION_DIGITS = 6;
  private static final int DOLLAR_DIGITS = 12;

  private PriceChange() {}

  /** A line for each difference; none where they say the same, whatever their versions are. */
  public static List<String> between(Price before, Price after) {
    if (before instanceof Price.Listed old && after instanceof Price.Listed next) {
      var changes = new ArrayList<String>();
      rates(old.picosPerToken(), next.picosPerToken(), changes);
      if (!PriceTerms.write(old).equals(PriceTerms.write(next))) {
        changes.add("other rates: " + words(old) + " -> " + words(next));
      }
      return changes;
    }
    return before.getClass() == after.getClass()
        ? List.of()
        : List.of(name(before) + " -> " + name(after));
  }

  private static void rates(
      Map<TokenClass, Long> before, Map<TokenClass, Long> after, List<String> changes) {
    for (TokenClass kind : TokenClass.values()) {
      Long old = before.get(kind);
      Long next = after.get(kind);
      if (old != null ? !old.equals(next) : next != null) {
        changes.add(kind.wireName() + ": " + dollars(kind, old) + " -> " + dollars(kind, next));
      }
    }
  }

  /** Dollars per million tokens, or each. */
  public static String dollars(TokenClass kind, long picos) {
    int digits = kind.isToken() ? MILLION_DIGITS : DOLLAR_DIGITS;
    return "$" + BigDecimal.valueOf(picos, digits).stripTrailingZeros().toPlainString();
  }

  private static String dollars(TokenClass kind, @Nullable Long picos) {
    return picos == null ? "none" : dollars(kind, picos.longValue());
  }

  private static String words(Price.Listed price) {
    String terms = PriceTerms.write(price);
    return terms.isEmpty() ? "none" : terms;
  }

  private static String name(Price price) {
    return switch (price) {
      case Price.Free() -> "free";
      case Price.Unknown() -> "unknown";
      case Price.Listed listed ->
          dollars(TokenClass.INPUT, listed.picosFor(TokenClass.INPUT))
              + " in, "
              + dollars(TokenClass.OUTPUT, listed.picosFor(TokenClass.OUTPUT))
              + " out";
    };
  }
}
