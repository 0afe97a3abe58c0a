package dev.ockham.config;

import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the genai-prices collection: prices with the days they began. */
final class GenaiPricesFacts {
  private static final Map<String, TokenClass> RATES =
      Map.of(
          "input_mtok", TokenClass.INPUT,
          "output_mtok", TokenClass.OUTPUT,
          "cache_read_mtok", TokenClass.CACHE_READ,
          "cache_write_mtok", TokenClass.CACHE_WRITE_5M);

  private final JsonNode providers;

  GenaiPricesFacts(JsonNode root) {
    this.providers = root.path("providers");
  }

  /** Prices of things that are no chat models; the collection does not say which. */
  private static final List<String> NO_CHAT =
      List.of(
          "audio",
          "tts",
          "transcribe",
          "realtime",
          "image",
          "embed",
          "whisper",
          "moderation",
          "dall-e",
          ".ft-",
          "computer-use",
          "ocr",
          "voxtral",
          "orpheus",
          "babbage",
          "davinci",
          "ada",
          "instruct-0914",
          "claude-v",
          "claude-2",
          "claude-instant",
          ":extended");

  /** What is said of a model, and whether it is named there or only fits a pattern. */
  record Found(Fact fact, boolean named) {}

  /** The chat models of a provider by their own names, without retired ones. */
  List<Fact> of(String provider) {
    var facts = new ArrayList<Fact>();
    for (JsonNode model : models(provider)) {
      String id = model.path("id").asString();
      if (!model.path("deprecated").asBoolean(false) && NO_CHAT.stream().noneMatch(id::contains)) {
        facts.add(fact(model));
      }
    }
    return facts;
  }

  /** What is said of a model: by its name, else by the first pattern it fits. */
  Optional<Found> find(String provider, String id) {
    for (JsonNode model : models(provider)) {
      if (id.equals(model.path("id").asString()) || names(model.path("match"), id)) {
        return Optional.of(new Found(fact(model), true));
      }
    }
    for (JsonNode model : models(provider)) {
      if (matches(model.path("match"), id)) {
        return Optional.of(new Found(fact(model), false));
      }
    }
    return Optional.empty();
  }

  private static boolean names(JsonNode match, String id) {
    return id.equals(match.path("equals").asString(""))
        || match.path("or").valueStream().anyMatch(each -> names(each, id));
  }

  private JsonNode models(String provider) {
    for (JsonNode entry : providers) {
      if (provider.equals(entry.path("id").asString())) {
        return entry.path("models");
      }
    }
    return providers.path("none");
  }

  private static boolean matches(JsonNode match, String id) {
    for (Map.Entry<String, JsonNode> clause : match.properties()) {
      JsonNode value = clause.getValue();
      boolean holds =
          switch (clause.getKey()) {
            case "equals" -> id.equals(value.asString());
            case "starts_with" -> id.startsWith(value.asString());
            case "ends_with" -> id.endsWith(value.asString());
            case "contains" -> id.contains(value.asString());
            case "or" -> value.valueStream().anyMatch(each -> matches(each, id));
            case "and" -> value.valueStream().allMatch(each -> matches(each, id));
            default -> false;
          };
      if (!holds) {
        return false;
      }
    }
    return !match.isEmpty();
  }

  private static Fact fact(JsonNode model) {
    JsonNode prices = model.path("prices");
    var costs = new ArrayList<Fact.Cost>();
    var tier = OptionalLong.empty();
    if (prices.isArray()) {
      for (JsonNode dated : prices) {
        JsonNode when = dated.path("constraint");
        if (when.has("start_time")) {
          // A price by the hour of the day cannot be said in one price version.
          return bare(model, List.of(), OptionalLong.empty());
        }
        var from = LocalDate.parse(when.path("start_date").asString(LocalDate.MIN.toString()));
        cost(from, dated.path("prices")).ifPresent(costs::add);
        tier = tierOf(dated.path("prices"));
      }
    } else {
      cost(LocalDate.MIN, prices).ifPresent(costs::add);
      tier = tierOf(prices);
    }
    costs.sort(Comparator.comparing(Fact.Cost::from));
    return bare(model, costs, tier);
  }

  private static Fact bare(JsonNode model, List<Fact.Cost> costs, OptionalLong tier) {
    return new Fact(
        model.path("id").asString(),
        ModelsDevFacts.positive(model.path("context_window")),
        OptionalLong.empty(),
        Set.of(),
        costs,
        tier);
  }

  private static Optional<Fact.Cost> cost(LocalDate from, JsonNode prices) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    RATES.forEach((name, kind) -> {
      JsonNode rate = prices.path(name);
      JsonNode base = rate.isObject() ? rate.path("base") : rate;
      if (base.isNumber()) {
        picos.put(kind, ModelsDevFacts.picosPerToken(base));
      }
    });
    boolean whole = picos.containsKey(TokenClass.INPUT) && picos.containsKey(TokenClass.OUTPUT);
    boolean says = picos.values().stream().anyMatch(rate -> rate > 0);
    return whole && says ? Optional.of(new Fact.Cost(from, picos)) : Optional.empty();
  }

  private static OptionalLong tierOf(JsonNode prices) {
    for (JsonNode rate : prices) {
      for (JsonNode tier : rate.path("tiers")) {
        return ModelsDevFacts.positive(tier.path("start"));
      }
    }
    return OptionalLong.empty();
  }
}
