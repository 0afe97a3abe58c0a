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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the models.dev collection: what models can do, their limits, list prices and scores. */
final class ModelsDevFacts {
  private static final Map<String, TokenClass> RATES =
      Map.of(
          "input", TokenClass.INPUT,
          "output", TokenClass.OUTPUT,
          "cache_read", TokenClass.CACHE_READ,
          "cache_write", TokenClass.CACHE_WRITE_5M,
          "reasoning", TokenClass.REASONING,
          "input_audio", TokenClass.AUDIO_INPUT,
          "output_audio", TokenClass.AUDIO_OUTPUT);

  private final JsonNode models;
  private final Map<String, JsonNode> bases = new HashMap<>();

  /**
   * @param models provider-models
   * @param base what the models are, whoever serves them
   */
  ModelsDevFacts(JsonNode models, JsonNode base) {
    this.models = models.path("models");
    for (JsonNode entry : base.path("models")) {
      bases.put(entry.path("lab").asString() + "/" + entry.path("id").asString(), entry);
      bases.putIfAbsent(entry.path("id").asString(), entry);
    }
  }

  /** The text models of a provider. */
  List<Fact> of(String provider) {
    var facts = new ArrayList<Fact>();
    for (JsonNode entry : models) {
      if (provider.equals(entry.path("provider").asString())) {
        JsonNode whole = withBase(entry);
        if (speaksText(whole) && !"deprecated".equals(whole.path("status").asString(""))) {
          facts.add(fact(whole));
        }
      }
    }
    return facts;
  }

  /** What is thought of a model from its published scores, or from those of its undated name. */
  OptionalDouble skill(String id) {
    String bare = atBedrock(id.substring(id.lastIndexOf('/') + 1));
    String undated = bare.replaceFirst("-(20\\d{6}|20\\d\\d-\\d\\d-\\d\\d|latest)$", "");
    for (String name : List.of(id, bare, undated, undated.replace('.', '-'))) {
      JsonNode base = bases.get(name);
      if (base != null && !base.path("benchmarks").isEmpty()) {
        OptionalDouble skill = PriorSkill.of(base.path("benchmarks"));
        if (skill.isPresent()) {
          return skill;
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Bedrock's names say where a model runs, who made it and which version of it this is. */
  private static String atBedrock(String name) {
    return name.replaceFirst("^(?:(?:us|eu|jp|au|apac|global)\\.)?[a-z]+\\.(?=[a-z])", "")
        .replaceFirst("-v[0-9](?::[0-9])?$", "");
  }

  private JsonNode withBase(JsonNode entry) {
    JsonNode base = bases.get(entry.path("base_model").asString(""));
    if (base == null) {
      return entry;
    }
    ObjectNode merged = ((ObjectNode) base).deepCopy();
    for (JsonNode omitted : entry.path("base_model_omit")) {
      merged.remove(omitted.asString());
    }
    entry.propertyStream().forEach(field -> merged.set(field.getKey(), field.getValue()));
    return merged;
  }

  private static boolean speaksText(JsonNode entry) {
    JsonNode spoken = entry.path("modalities").path("output");
    if (!entry.has("modalities")) {
      return true;
    }
    boolean text = false;
    for (JsonNode kind : spoken) {
      text |= kind.asString().equals("text");
    }
    return text && !entry.path("id").asString().contains("embed");
  }

  private static Fact fact(JsonNode entry) {
    String id = entry.path("id").asString();
    var capabilities = EnumSet.noneOf(Capability.class);
    if (entry.path("tool_call").asBoolean(false)) {
      capabilities.add(Capability.TOOLS);
    }
    if (entry.path("structured_output").asBoolean(false)) {
      capabilities.add(Capability.JSON_SCHEMA);
    }
    if (entry.path("reasoning").asBoolean(false)) {
      capabilities.add(Capability.REASONING);
    }
    for (JsonNode kind : entry.path("modalities").path("input")) {
      switch (kind.asString()) {
        case "image" -> capabilities.add(Capability.IMAGES);
        case "pdf" -> capabilities.add(Capability.DOCUMENTS);
        case "audio" -> capabilities.add(Capability.AUDIO);
        default -> {}
      }
    }
    return new Fact(
        id,
        positive(entry.path("limit").path("context")),
        positive(entry.path("limit").path("output")),
        capabilities,
        costs(id, entry),
        Optional.empty());
  }

  private static List<Fact.Cost> costs(String id, JsonNode entry) {
    JsonNode cost = entry.path("cost");
    Map<TokenClass, Long> picos = rates(Map.of(), cost);
    boolean saysZero = picos.values().stream().allMatch(rate -> rate == 0);
    // A zero is believed only where the name says so too: elsewhere it may mean "not filled in".
    if (!picos.containsKey(TokenClass.INPUT)
        || !picos.containsKey(TokenClass.OUTPUT)
        || (saysZero && !id.endsWith(":free"))) {
      return List.of();
    }
    var variants = new ArrayList<PriceVariant>();
    for (JsonNode step : cost.path("tiers")) {
      positive(step.path("tier").path("size"))
          .ifPresent(size -> variants.add(variant(ServiceTier.STANDARD, size, rates(picos, step))));
    }
    JsonNode fast = entry.path("experimental").path("modes").path("fast").path("cost");
    if (fast.has("input") && fast.has("output")) {
      variants.add(variant(ServiceTier.FAST, 0, rates(picos, fast)));
    }
    return List.of(new Fact.Cost(LocalDate.MIN, picos, variants));
  }

  private static PriceVariant variant(ServiceTier tier, long above, Map<TokenClass, Long> rates) {
    return new PriceVariant(new Condition(tier, above, Optional.empty()), rates);
  }

  /** What a step does not say stays as it was. */
  private static Map<TokenClass, Long> rates(Map<TokenClass, Long> before, JsonNode cost) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    picos.putAll(before);
    RATES.forEach((name, kind) -> {
      if (cost.path(name).isNumber()) {
        picos.put(kind, picosPerToken(cost.path(name)));
      }
    });
    return picos;
  }

  static OptionalLong positive(JsonNode number) {
    return number.isNumber() && number.asLong() > 0
        ? OptionalLong.of(number.asLong())
        : OptionalLong.empty();
  }

  /** Dollars per million tokens as picodollars per token, rounded where they are finer still. */
  static long picosPerToken(JsonNode dollarsPerMillion) {
    return new BigDecimal(dollarsPerMillion.asString())
        .movePointRight(6)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
