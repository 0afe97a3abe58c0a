package dev.ockham.config;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.catalog.RateCard;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.config.YamlNode.Mapping;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads prices that a valid file states: per million tokens, or by what a machine costs. */
final class PriceNode {
  private static final int MILLION_DIGITS = 6;
  private static final int DOLLAR_DIGITS = 12;
  private static final int PERCENT_TO_PPM = 4;

  private PriceNode() {}

  /** The price a model's node states; empty where it leaves that to the catalog. */
  static Optional<Price> of(String id, Mapping model) {
    Optional<YamlNode> price = model.get("price");
    if (price.isPresent()) {
      return Optional.of(price(id, price.get()));
    }
    return model.get("rate-card").map(_ -> rateCard(id, model.section("rate-card")));
  }

  /** What is agreed besides the list: a model's own, else its provider's. */
  static List<Adjustment> adjustments(Mapping node) {
    var agreed = new ArrayList<Adjustment>();
    node.text("discount").ifPresent(text -> agreed.add(new Adjustment("discount", -ppm(text))));
    node.text("markup").ifPresent(text -> agreed.add(new Adjustment("markup", ppm(text))));
    return agreed;
  }

  private static long ppm(String percent) {
    return new BigDecimal(percent.substring(0, percent.length() - 1))
        .movePointRight(PERCENT_TO_PPM)
        .longValueExact();
  }

  private static Price price(String id, YamlNode node) {
    if (!(node instanceof Mapping rates)) {
      boolean free = node instanceof YamlNode.Scalar(_, String word) && word.equals("free");
      return free ? new Price.Free() : new Price.Unknown();
    }
    var variants = new ArrayList<PriceVariant>();
    for (YamlNode each : rates.list("variants")) {
      if (each instanceof Mapping variant) {
        variants.add(new PriceVariant(condition(variant), rates(variant)));
      }
    }
    return PriceVersion.named("config/" + id, rates(rates), variants, List.of());
  }

  private static Map<TokenClass, Long> rates(Mapping node) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : TokenClass.values()) {
      int digits = kind.isToken() ? MILLION_DIGITS : DOLLAR_DIGITS;
      node.text(kind.wireName().replace('_', '-'))
          .ifPresent(text ->
              picos.put(kind, new BigDecimal(text).movePointRight(digits).longValueExact()));
    }
    return picos;
  }

  private static Condition condition(Mapping node) {
    Optional<Hours> hours =
        node.text("from")
            .flatMap(from ->
                node.text("until")
                    .map(until -> new Hours(LocalTime.parse(from), LocalTime.parse(until))));
    return new Condition(
        node.text("tier").map(PriceTerms::tier).orElse(ServiceTier.STANDARD),
        node.text("above-input").map(Long::parseLong).orElse(0L),
        hours);
  }

  private static Price rateCard(String id, Mapping node) {
    var card =
        new RateCard(
            new BigDecimal(node.text("node-per-hour").orElseThrow())
                .movePointRight(DOLLAR_DIGITS)
                .longValueExact(),
            Long.parseLong(node.text("input-per-second").orElseThrow()),
            Long.parseLong(node.text("output-per-second").orElseThrow()),
            new BigDecimal(node.text("utilisation").orElseThrow())
                .movePointRight(MILLION_DIGITS)
                .setScale(0, java.math.RoundingMode.DOWN)
                .longValueExact());
    return PriceVersion.named("rate-card/" + id, card.picosPerToken(), List.of(), List.of());
  }
}
