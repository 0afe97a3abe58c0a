package dev.ockham.catalog;

import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.time.Instant;
import java.util.ArrayList;
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
   * List prices by class, in picodollars per token (or search, or request).
   *
   * @param version names this price among all that the model ever had; kept with every cost
   * @param picosPerToken at the standard tier; has at least {@link TokenClass#INPUT} and {@link
   *     TokenClass#OUTPUT}
   * @param variants what is charged instead under a condition, the more special later: the last
   *     that applies holds
   * @param adjustments what was agreed besides the list, each a line of its own
   */
  record Listed(
      String version,
      Map<TokenClass, Long> picosPerToken,
      List<PriceVariant> variants,
      List<Adjustment> adjustments)
      implements Price {
    private static final long NONE = -1;
    private static final List<TokenClass> CLASSES = List.of(TokenClass.values());

    public Listed {
      picosPerToken = Map.copyOf(picosPerToken);
      variants = List.copyOf(variants);
      adjustments = List.copyOf(adjustments);
      for (TokenClass kind : List.of(TokenClass.INPUT, TokenClass.OUTPUT)) {
        if (!picosPerToken.containsKey(kind)) {
          throw new IllegalArgumentException(
              version + " has no price for " + kind.wireName() + " (expected: one)");
        }
      }
    }

    public Listed(String version, Map<TokenClass, Long> picosPerToken) {
      this(version, picosPerToken, List.of(), List.of());
    }

    /** Whether a cost is just tokens times rates. */
    public boolean isFlat() {
      return variants.isEmpty()
          && adjustments.isEmpty()
          && !picosPerToken.containsKey(TokenClass.REQUEST);
    }

    /** At the standard tier: what is not listed of its own costs as input or output. */
    public long picosFor(TokenClass kind) {
      return rate(picosPerToken, kind);
    }

    /** The rates of a usage, by its tier, the length of its input and the time of day. */
    private Map<TokenClass, Long> ratesOf(Usage usage, Optional<Instant> at) {
      if (variants.isEmpty()) {
        return picosPerToken;
      }
      ServiceTier tier = PriceVariant.listed(usage.tier(), variants);
      long input = usage.totalInput();
      Map<TokenClass, Long> rates = picosPerToken;
      for (PriceVariant variant : variants) {
        if (variant.when().holds(tier, input, at)) {
          rates = variant.picosPerToken();
        }
      }
      return rates;
    }

    private Cost cost(Usage usage, Optional<Instant> at) {
      Map<TokenClass, Long> rates = ratesOf(usage, at);
      var lines = new ArrayList<Line>(usage.tokens().size());
      var unpriced = new ArrayList<String>(0);
      long total = 0;
      for (TokenClass kind : CLASSES) {
        long count = kind == TokenClass.REQUEST ? 1 : usage.tokens().getOrDefault(kind, NONE);
        long picos = count == NONE ? NONE : kind.isToken() ? rate(rates, kind) : fee(rates, kind);
        if (picos != NONE) {
          var line = new Line(kind, count, picos);
          lines.add(line);
          total = Math.addExact(total, line.amount().picos());
        } else if (count > 0 && kind != TokenClass.REQUEST) {
          unpriced.add(kind.wireName());
        }
      }
      usage.tier().filter(this::isDearerThanListed).ifPresent(t -> unpriced.add(t.wireName()));
      return Cost.adjusted(lines, new Money(total), adjustments, unpriced);
    }

    /** What is no token costs what is said of it, in a variant or else in the standard. */
    private long fee(Map<TokenClass, Long> rates, TokenClass kind) {
      Long own = rates.get(kind);
      return own == null ? picosPerToken.getOrDefault(kind, NONE) : own;
    }

    private boolean isDearerThanListed(ServiceTier tier) {
      return (tier == ServiceTier.PRIORITY || tier == ServiceTier.FAST)
          && PriceVariant.listed(Optional.of(tier), variants) != tier;
    }

    private static long rate(Map<TokenClass, Long> rates, TokenClass kind) {
      Long own = rates.get(kind);
      if (own != null) {
        return own;
      }
      if (kind == TokenClass.CACHE_WRITE_1H && rates.containsKey(TokenClass.CACHE_WRITE_5M)) {
        return rates.get(TokenClass.CACHE_WRITE_5M);
      }
      return rates.getOrDefault(kind.isInput() ? TokenClass.INPUT : TokenClass.OUTPUT, 0L);
    }
  }

  /** One line of a bill: so many tokens of a class at so much each. */
  record Line(TokenClass kind, long tokens, long picosPerToken) {
    public Money amount() {
      return new Money(Math.multiplyExact(tokens, picosPerToken));
    }
  }

  /** What this usage costs at this price, for a call that was begun at an instant. */
  default Cost of(Usage usage, Instant at) {
    return of(usage, Optional.of(at));
  }

  /** What this usage costs by the list that holds at no special hour; for expectations. */
  default Cost of(Usage usage) {
    return of(usage, Optional.empty());
  }

  private Cost of(Usage usage, Optional<Instant> at) {
    return switch (this) {
      case Unknown() -> Cost.UNKNOWN;
      case Free() -> Cost.FREE;
      case Listed listed -> listed.cost(usage, at);
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
}
