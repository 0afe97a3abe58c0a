package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads LiteLLM's price map ({@code model_prices_and_context_window.json}): dollars per token in
 * fields whose names say class, length and service together.
 */
final class LiteLlmFacts {
  private static final Pattern RATE =
      Pattern.compile(
          "(?<class>[a-z_]+?(?:_above_1hr)?)(?:_above_(?<above>[0-9]+)k_tokens)?"
              + "(?:_(?<tier>batches|priority|flex))?");
  private static final Map<String, TokenClass> CLASSES =
      Map.ofEntries(
          Map.entry("input_cost_per_token", TokenClass.INPUT),
          Map.entry("output_cost_per_token", TokenClass.OUTPUT),
          Map.entry("cache_read_input_token_cost", TokenClass.CACHE_READ),
          Map.entry("cache_creation_input_token_cost", TokenClass.CACHE_WRITE_5M),
          Map.entry("cache_creation_input_token_cost_above_1hr", TokenClass.CACHE_WRITE_1H),
          Map.entry("output_cost_per_reasoning_token", TokenClass.REASONING),
          Map.entry("input_cost_per_audio_token", TokenClass.AUDIO_INPUT),
          Map.entry("output_cost_per_audio_token", TokenClass.AUDIO_OUTPUT),
          Map.entry("input_cost_per_image_token", TokenClass.IMAGE_INPUT),
          Map.entry("output_cost_per_image_token", TokenClass.IMAGE_OUTPUT));
  private static final Map<String, ServiceTier> TIERS =
      Map.of(
          "batches", ServiceTier.BATCH,
          "priority", ServiceTier.PRIORITY,
          "flex", ServiceTier.FLEX);
  private static final Map<String, Capability> CAPABILITIES =
      Map.of(
          "supports_function_calling", Capability.TOOLS,
          "supports_vision", Capability.IMAGES,
          "supports_response_schema", Capability.JSON_SCHEMA,
          "supports_reasoning", Capability.REASONING,
          "supports_pdf_input", Capability.DOCUMENTS,
          "supports_audio_input", Capability.AUDIO);
  private static final Set<String> CHAT = Set.of("chat", "responses", "completion");
  private static final int DIGITS = 12;
  private static final int THOUSAND = 1_000;

  private final List<String> refused;

  LiteLlmFacts(List<String> refused) {
    this.refused = refused;
  }

  /** The chat models by LiteLLM's name of their provider, without its prefix. */
  Map<String, List<Fact>> all(JsonNode root) {
    var facts = new LinkedHashMap<String, List<Fact>>();
    root.forEachEntry((key, entry) -> {
      String provider = entry.path("litellm_provider").asString("");
      if (CHAT.contains(entry.path("mode").asString("")) && !key.equals("sample_spec")) {
        String id = key.startsWith(provider + "/") ? key.substring(provider.length() + 1) : key;
        facts.computeIfAbsent(provider, _ -> new ArrayList<>()).add(fact(key, id, entry));
      }
    });
    return facts;
  }

  private Fact fact(String key, String id, JsonNode entry) {
    var capabilities = EnumSet.noneOf(Capability.class);
    CAPABILITIES.forEach((name, capability) -> {
      if (entry.path(name).asBoolean(false)) {
        capabilities.add(capability);
      }
    });
    return new Fact(
        id,
        tokens(entry.path("max_input_tokens")),
        tokens(entry.path("max_output_tokens")),
        capabilities,
        costs(key, id, entry),
        CatalogPriceReader.day(entry.path("deprecation_date")));
  }

  private static OptionalLong tokens(JsonNode node) {
    return node.isIntegralNumber() ? ModelsDevFacts.positive(node) : OptionalLong.empty();
  }

  private List<Fact.Cost> costs(String key, String id, JsonNode entry) {
    var rates = new LinkedHashMap<Condition, Map<TokenClass, Long>>();
    entry.forEachEntry((name, value) -> {
      Matcher parts = RATE.matcher(name);
      TokenClass kind = parts.matches() ? CLASSES.get(parts.group("class")) : null;
      if (kind != null && value.isNumber()) {
        BigDecimal dollars = value.decimalValue();
        if (dollars.signum() < 0) {
          refused.add(key + " " + name + ": " + dollars.toPlainString() + ": negative");
        } else {
          rates
              .computeIfAbsent(condition(parts), _ -> new EnumMap<>(TokenClass.class))
              .put(kind, picos(dollars));
        }
      }
    });
    var standard = new EnumMap<TokenClass, Long>(TokenClass.class);
    standard.putAll(rates.getOrDefault(condition(ServiceTier.STANDARD, 0), Map.of()));
    BigDecimal search =
        entry
            .path("search_context_cost_per_query")
            .path("search_context_size_medium")
            .asDecimal(BigDecimal.ZERO);
    if (search.signum() > 0) {
      standard.put(TokenClass.WEB_SEARCH, picos(search));
    }
    boolean whole =
        standard.containsKey(TokenClass.INPUT) && standard.containsKey(TokenClass.OUTPUT);
    boolean zero = standard.values().stream().allMatch(rate -> rate == 0);
    // As everywhere, a zero is free only where the name says so; else nobody filled it in.
    return !whole || (zero && !id.endsWith(":free"))
        ? List.of()
        : List.of(new Fact.Cost(LocalDate.MIN, standard, variants(standard, rates)));
  }

  private static Condition condition(Matcher parts) {
    ServiceTier tier =
        Optional.ofNullable(parts.group("tier")).map(TIERS::get).orElse(ServiceTier.STANDARD);
    String above = parts.group("above");
    return condition(tier, above == null ? 0 : Long.parseLong(above) * THOUSAND);
  }

  private static Condition condition(ServiceTier tier, long above) {
    return new Condition(tier, above, Optional.empty());
  }

  /** What a variant does not say of its own is as in the rates that it departs from. */
  private static List<PriceVariant> variants(
      Map<TokenClass, Long> standard, Map<Condition, Map<TokenClass, Long>> rates) {
    var variants = new ArrayList<PriceVariant>();
    rates.keySet().stream()
        .filter(when -> when.tier() != ServiceTier.STANDARD || when.aboveInput() > 0)
        .sorted(Comparator.comparing(Condition::tier).thenComparingLong(Condition::aboveInput))
        .forEach(when -> {
          var whole = new EnumMap<TokenClass, Long>(TokenClass.class);
          whole.putAll(standard);
          whole.remove(TokenClass.WEB_SEARCH);
          whole.putAll(rates.getOrDefault(condition(when.tier(), 0), Map.of()));
          whole.putAll(rates.getOrDefault(when, Map.of()));
          variants.add(new PriceVariant(when, whole));
        });
    return variants;
  }

  private static long picos(BigDecimal dollars) {
    return dollars
        .movePointRight(DIGITS)
        .setScale(0, RoundingMode.HALF_EVEN)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValue();
  }
}
