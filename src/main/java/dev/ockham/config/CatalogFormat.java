package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a catalog as JSON, one model to a line so that a change of prices reads as such. */
public final class CatalogFormat {
  static final String MAGIC = "ockham-catalog";
  static final int VERSION = 2;

  /** The oldest that is still read: it has no variants. */
  static final int OLDEST = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CatalogFormat() {}

  /** The whole file. */
  public static String write(CatalogFile catalog) {
    var text = new StringBuilder();
    text.append("{\"format\":\"").append(MAGIC).append("\",\"version\":").append(VERSION);
    text.append(",\"date\":").append(quoted(catalog.version()));
    text.append(",\"unit\":\"picodollars per token, search or request\",\"providers\":{");
    String between = "\n";
    for (Map.Entry<String, CatalogFile.Provider> entry : catalog.providers().entrySet()) {
      CatalogFile.Provider provider = entry.getValue();
      text.append(between).append(quoted(entry.getKey()));
      text.append(":{\"dialect\":").append(quoted(provider.dialect().wireName()));
      text.append(",\"base-url\":").append(quoted(provider.baseUrl())).append(",\"models\":{");
      String comma = "\n";
      for (Map.Entry<String, Facts> model : provider.models().entrySet()) {
        text.append(comma).append(quoted(model.getKey())).append(":");
        text.append(JSON.writeValueAsString(facts(model.getValue())));
        comma = ",\n";
      }
      text.append("}}");
      between = ",\n";
    }
    return text.append("}}\n").toString();
  }

  /** Picodollars per token as dollars per million tokens. */
  static String perMillion(long picosPerToken) {
    BigDecimal dollars = BigDecimal.valueOf(picosPerToken, 6).stripTrailingZeros();
    return "$" + dollars.toPlainString();
  }

  private static ObjectNode facts(Facts facts) {
    ObjectNode node = JSON.createObjectNode();
    facts.limits().contextWindow().ifPresent(tokens -> node.put("context", tokens));
    facts.limits().maxOutput().ifPresent(tokens -> node.put("output", tokens));
    ArrayNode capabilities = node.putArray("can");
    for (Capability capability : Capability.values()) {
      if (facts.capabilities().contains(capability)) {
        capabilities.add(wireName(capability));
      }
    }
    facts.priorSkill().ifPresent(skill -> node.put("skill", BigDecimal.valueOf(skill)));
    facts.retires().ifPresent(day -> node.put("retires", day.toString()));
    ArrayNode prices = node.putArray("prices");
    facts.prices().forEach(dated -> prices.add(price(dated)));
    return node;
  }

  private static ObjectNode price(DatedPrice dated) {
    ObjectNode node = JSON.createObjectNode();
    if (!dated.from().equals(LocalDate.MIN)) {
      node.put("from", dated.from().toString());
    }
    dated.region().ifPresent(region -> node.put("region", region));
    node.put("source", dated.source()).put("checked", dated.checked().toString());
    switch (dated.price()) {
      case Price.Free() -> node.put("free", true);
      case Price.Unknown() -> node.put("unknown", true);
      case Price.Listed listed -> {
        rates(node, listed.picosPerToken());
        if (!listed.variants().isEmpty()) {
          ArrayNode variants = node.putArray("variants");
          listed.variants().forEach(variant -> variant(variants.addObject(), variant));
        }
      }
    }
    return node;
  }

  private static void variant(ObjectNode node, PriceVariant variant) {
    node.put("tier", variant.when().tier().wireName());
    if (variant.when().aboveInput() > 0) {
      node.put("above", variant.when().aboveInput());
    }
    variant
        .when()
        .hours()
        .ifPresent(hours ->
            node.put("from", hours.from().toString()).put("until", hours.until().toString()));
    rates(node, variant.picosPerToken());
  }

  private static void rates(ObjectNode node, Map<TokenClass, Long> picosPerToken) {
    for (TokenClass kind : TokenClass.values()) {
      Long picos = picosPerToken.get(kind);
      if (picos != null) {
        node.put(kind.wireName(), picos);
      }
    }
  }

  static String wireName(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
