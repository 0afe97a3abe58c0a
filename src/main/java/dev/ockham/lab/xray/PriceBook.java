package dev.ockham.lab.xray;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** List prices of models under the names that logs give them. */
final class PriceBook {
  private static final int PICO = 12;

  /** A name that several providers have is looked up with its maker first. */
  private static final List<String> MAKERS =
      List.of("openai", "anthropic", "google", "mistral", "deepseek", "groq");

  private static final Pattern DATED =
      Pattern.compile("[-@](20\\d{6}|20\\d\\d-\\d\\d-\\d\\d|latest)$");
  private static final Pattern REGION = Pattern.compile("^(us|eu|apac|global)\\.");
  private static final int LONGEST_NAME = 200;

  private final CatalogFile catalog;
  private final Map<String, Optional<Listing>> known = new HashMap<>();

  PriceBook(CatalogFile catalog) {
    this.catalog = catalog;
  }

  /** A model of the catalog. */
  record Listing(String provider, String model, Facts facts) {
    Price on(Instant at) {
      return facts.priceOn(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }
  }

  /** The model that a log means by a name. */
  Optional<Listing> find(String name) {
    return known.computeIfAbsent(name, this::look);
  }

  /** What a usage costs at list price, in dollars; empty where no price is known. */
  Optional<BigDecimal> cost(String model, Instant at, Usage usage) {
    return find(model).flatMap(listing -> dollars(listing.on(at), usage));
  }

  static Optional<BigDecimal> dollars(Price price, Usage usage) {
    try {
      return price.of(usage).total().map(PriceBook::dollars);
    } catch (ArithmeticException beyond) {
      return Optional.empty();
    }
  }

  /** What a token of a class costs, in picodollars; empty where no price is known. */
  Optional<Long> picos(String model, Instant at, TokenClass kind) {
    return find(model)
        .map(listing -> listing.on(at))
        .filter(price -> !(price instanceof Price.Unknown))
        .flatMap(price -> price.of(Usage.of(kind, 1)).total())
        .map(Money::picos);
  }

  static BigDecimal dollars(Money money) {
    return BigDecimal.valueOf(money.picos(), PICO);
  }

  /**
   * The best model of the same provider, by published scores, that costs at most a third of this
   * one.
   */
  Optional<Listing> smaller(Listing of, Instant at) {
    Optional<BigDecimal> own = typical(of, at);
    CatalogFile.Provider provider = catalog.providers().get(of.provider());
    if (own.isEmpty() || provider == null) {
      return Optional.empty();
    }
    BigDecimal most = own.get().divide(BigDecimal.valueOf(3), PICO, RoundingMode.DOWN);
    Optional<Listing> best = Optional.empty();
    for (Map.Entry<String, Facts> entry : provider.models().entrySet()) {
      var candidate = new Listing(of.provider(), entry.getKey(), entry.getValue());
      Optional<BigDecimal> cost = typical(candidate, at);
      boolean may =
          cost.isPresent()
              && cost.get().signum() > 0
              && cost.get().compareTo(most) <= 0
              && candidate.facts().priorSkill().isPresent();
      if (may && (best.isEmpty() || skill(candidate) > skill(best.get()))) {
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  private static double skill(Listing listing) {
    return listing.facts().priorSkill().orElse(0);
  }

  /** Three tokens in, one out: the mix that models are usually compared by. */
  private static Optional<BigDecimal> typical(Listing listing, Instant at) {
    return dollars(listing.on(at), Usage.of(3_000, 1_000));
  }

  private Optional<Listing> look(String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    String bare = name.substring(name.lastIndexOf('/') + 1);
    Optional<Listing> whole = named(name).or(() -> named(bare));
    if (whole.isPresent()) {
      return whole;
    }
    String undated = DATED.matcher(bare).replaceFirst("");
    return named(undated)
        .or(() -> named(REGION.matcher(bare).replaceFirst("")))
        .or(() -> named(undated.replace('.', '-')));
  }

  private Optional<Listing> named(String model) {
    for (String maker : MAKERS) {
      Optional<Facts> facts = catalog.facts(maker, model);
      if (facts.isPresent()) {
        return Optional.of(new Listing(maker, model, facts.get()));
      }
    }
    for (String provider : catalog.providers().keySet()) {
      Optional<Facts> facts = catalog.facts(provider, model);
      if (facts.isPresent()) {
        return Optional.of(new Listing(provider, model, facts.get()));
      }
    }
    return Optional.empty();
  }
}
