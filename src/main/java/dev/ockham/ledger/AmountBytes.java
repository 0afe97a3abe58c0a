package dev.ockham.ledger;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.route.PackReader;
import dev.ockham.route.PackWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Amounts by class in the journal: one bit for each class that is there, then their amounts. */
final class AmountBytes {
  /** In the order of their numbers in the journal: append only. */
  private static final List<TokenClass> CLASSES =
      List.of(
          TokenClass.INPUT,
          TokenClass.CACHE_READ,
          TokenClass.CACHE_WRITE_5M,
          TokenClass.CACHE_WRITE_1H,
          TokenClass.OUTPUT,
          TokenClass.REASONING,
          TokenClass.AUDIO_INPUT,
          TokenClass.AUDIO_CACHE_READ,
          TokenClass.IMAGE_INPUT,
          TokenClass.AUDIO_OUTPUT,
          TokenClass.IMAGE_OUTPUT,
          TokenClass.WEB_SEARCH,
          TokenClass.REQUEST);

  /** Above the bits of classes, one more than the tier's number; nothing there is no tier. */
  private static final int TIER_AT = 24;

  private AmountBytes() {}

  static void write(PackWriter out, Map<TokenClass, Long> amounts) {
    write(out, amounts, Optional.empty());
  }

  static void write(PackWriter out, Usage usage) {
    write(out, usage.tokens(), usage.tier());
  }

  private static void write(
      PackWriter out, Map<TokenClass, Long> amounts, Optional<ServiceTier> tier) {
    long present = tier.isPresent() ? (PriceBytes.number(tier.get()) + 1L) << TIER_AT : 0;
    for (TokenClass kind : amounts.keySet()) {
      present |= 1L << number(kind);
    }
    out.number(present);
    for (TokenClass kind : CLASSES) {
      Long amount = amounts.get(kind);
      if (amount != null) {
        out.number(amount);
      }
    }
  }

  static Map<TokenClass, Long> read(PackReader in) {
    return read(in, in.number());
  }

  static Usage usage(PackReader in) {
    long present = in.number();
    int tier = (int) (present >>> TIER_AT);
    Map<TokenClass, Long> tokens = read(in, present & ((1L << TIER_AT) - 1));
    return new Usage(tokens, tier == 0 ? Optional.empty() : Optional.of(PriceBytes.tier(tier - 1)));
  }

  private static Map<TokenClass, Long> read(PackReader in, long present) {
    if (present >>> CLASSES.size() != 0) {
      throw new IllegalArgumentException("token classes " + Long.toBinaryString(present));
    }
    var amounts = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (int i = 0; i < CLASSES.size(); i++) {
      if ((present & (1L << i)) != 0) {
        amounts.put(CLASSES.get(i), in.number());
      }
    }
    return amounts;
  }

  private static int number(TokenClass kind) {
    int number = CLASSES.indexOf(kind);
    if (number < 0) {
      throw new IllegalStateException(kind + " has no number in the journal: append it to CLASSES");
    }
    return number;
  }
}
