package dev.ockham.config;

import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one price of a catalog file, and notes what cannot be. */
final class CatalogPriceReader {
  /** The dearest token believed: $10,000 per million. */
  static final long MAX_PICOS_PER_TOKEN = 10_000_000_000L;

  /** The dearest search or request believed: $1,000. */
  static final long MAX_PICOS_EACH = 1_000_000_000_000_000L;

  static final String A_DAY = "a day such as 2026-08-21";

  /** More than any provider lists, and few enough for a record of the journal. */
  private static final int MOST_VARIANTS = 24;

  private final String owner;
  private final List<ConfigProblem> problems;

  CatalogPriceReader(String owner, List<ConfigProblem> problems) {
    this.owner = owner;
    this.problems = problems;
  }

  DatedPrice price(String path, JsonNode node) {
    return new DatedPrice(
        node.has("from") ? dayAt(path + ".from", node.path("from")) : LocalDate.MIN,
        listed(path, node),
        node.path("source").asString(""),
        dayAt(path + ".checked", node.path("checked")),
        node.has("region") ? Optional.of(node.path("region").asString("")) : Optional.empty());
  }

  private Price listed(String path, JsonNode node) {
    if (node.path("free").asBoolean(false)) {
      return new Price.Free();
    }
    if (node.path("unknown").asBoolean(false)) {
      return new Price.Unknown();
    }
    Optional<Map<TokenClass, Long>> rates = rates(path, node);
    var variants = new ArrayList<PriceVariant>();
    for (JsonNode each : node.path("variants")) {
      variant(path + ".variants[" + variants.size() + "]", each).ifPresent(variants::add);
    }
    if (variants.size() > MOST_VARIANTS) {
      problem(path + ".variants", variants.size() + " of them", "at most " + MOST_VARIANTS);
      return new Price.Unknown();
    }
    return rates.isPresent()
        ? PriceVersion.named(owner, rates.get(), variants, List.of())
        : new Price.Unknown();
  }

  private Optional<Map<TokenClass, Long>> rates(String path, JsonNode node) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : TokenClass.values()) {
      JsonNode rate = node.path(kind.wireName());
      if (!rate.isMissingNode()) {
        rate(path + "." + kind.wireName(), kind, rate).ifPresent(value -> picos.put(kind, value));
      }
    }
    if (!picos.containsKey(TokenClass.INPUT) || !picos.containsKey(TokenClass.OUTPUT)) {
      problem(path, node.toString(), "at least input and output, or free, or unknown");
      return Optional.empty();
    }
    return Optional.of(picos);
  }

  private Optional<Long> rate(String path, TokenClass kind, JsonNode rate) {
    long most = kind.isToken() ? MAX_PICOS_PER_TOKEN : MAX_PICOS_EACH;
    if (rate.isIntegralNumber()
        && rate.canConvertToLong()
        && rate.asLong() >= 0
        && rate.asLong() <= most) {
      return Optional.of(rate.asLong());
    }
    String unit = kind.isToken() ? "token, 0 to " : kind.wireName() + ", 0 to ";
    problem(path, rate.toString(), "a whole number of picodollars per " + unit + most);
    return Optional.empty();
  }

  private Optional<PriceVariant> variant(String path, JsonNode node) {
    try {
      ServiceTier tier = PriceTerms.tier(node.path("tier").asString("standard"));
      Optional<Hours> hours =
          node.has("from") || node.has("until")
              ? Optional.of(
                  new Hours(
                      LocalTime.parse(node.path("from").asString("")),
                      LocalTime.parse(node.path("until").asString(""))))
              : Optional.empty();
      JsonNode above = node.path("above");
      if (!above.isMissingNode() && (!above.isIntegralNumber() || above.asLong() < 1)) {
        problem(path + ".above", above.toString(), "a whole number of input tokens");
        return Optional.empty();
      }
      var when = new Condition(tier, above.asLong(0), hours);
      return rates(path, node).map(rates -> new PriceVariant(when, rates));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      problem(
          path,
          String.valueOf(e.getMessage()),
          "a known tier, and from and until as times of day such as 16:30");
      return Optional.empty();
    }
  }

  private LocalDate dayAt(String path, JsonNode node) {
    return day(node)
        .orElseGet(() -> {
          problem(path, node.asString(""), A_DAY);
          return LocalDate.MIN;
        });
  }

  static Optional<LocalDate> day(JsonNode node) {
    try {
      return Optional.of(LocalDate.parse(node.asString("")));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private void problem(String path, String value, String expected) {
    problems.add(new ConfigProblem(0, path, value, expected));
  }
}
