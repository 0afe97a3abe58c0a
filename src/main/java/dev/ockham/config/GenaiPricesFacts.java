package dev.ockham.config;

import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.catalog.PriceVariant.Hours;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads the genai-prices collection: prices with the days and hours they hold. */
final class GenaiPricesFacts {
  private static final Map<String, TokenClass> RATES =
      Map.of(
          "input_mtok", TokenClass.INPUT,
          "output_mtok", TokenClass.OUTPUT,
          "cache_read_mtok", TokenClass.CACHE_READ,
          "cache_write_mtok", TokenClass.CACHE_WRITE_5M,
          "input_audio_mtok", TokenClass.AUDIO_INPUT,
          "output_audio_mtok", TokenClass.AUDIO_OUTPUT,
          "cache_audio_read_mtok", TokenClass.AUDIO_CACHE_READ,
          "requests_kcount", TokenClass.REQUEST);

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
    if (prices.isArray()) {
      for (JsonNode dated : prices) {
        JsonNode when = dated.path("constraint");
        if (when.has("start_time")) {
          atHours(when, dated.path("prices"), costs);
        } else {
          var from = LocalDate.parse(when.path("start_date").asString(LocalDate.MIN.toString()));
          cost(from, dated.path("prices")).ifPresent(costs::add);
        }
      }
    } else {
      cost(LocalDate.MIN, prices).ifPresent(costs::add);
    }
    costs.sort(Comparator.comparing(Fact.Cost::from));
    return new Fact(
        model.path("id").asString(),
        ModelsDevFacts.positive(model.path("context_window")),
        OptionalLong.empty(),
        Set.of(),
        costs,
        Optional.empty());
  }

  /** A price by the hour of the day is a variant of the one it interrupts. */
  private static void atHours(JsonNode when, JsonNode prices, List<Fact.Cost> costs) {
    Optional<Fact.Cost> special = cost(LocalDate.MIN, prices);
    if (special.isPresent() && !costs.isEmpty()) {
      var hours = new Hours(time(when.path("start_time")), time(when.path("end_time")));
      var condition = new Condition(ServiceTier.STANDARD, 0, Optional.of(hours));
      Fact.Cost interrupted = costs.removeLast();
      costs.add(interrupted.with(List.of(new PriceVariant(condition, special.get().picos()))));
    }
  }

  private static LocalTime time(JsonNode text) {
    return OffsetTime.parse(text.asString()).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
  }

  private static Optional<Fact.Cost> cost(LocalDate from, JsonNode prices) {
    Map<TokenClass, Long> picos = rates(prices, 0);
    boolean whole = picos.containsKey(TokenClass.INPUT) && picos.containsKey(TokenClass.OUTPUT);
    boolean says = picos.values().stream().anyMatch(rate -> rate > 0);
    return whole && says
        ? Optional.of(new Fact.Cost(from, picos, tiers(prices)))
        : Optional.empty();
  }

  /** The rates for more input than a length; 0 for the lowest. */
  private static Map<TokenClass, Long> rates(JsonNode prices, long above) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    RATES.forEach((name, kind) -> {
      JsonNode rate = prices.path(name);
      JsonNode price = rate.isObject() ? rate.path("base") : rate;
      for (JsonNode tier : rate.path("tiers")) {
        if (above > 0 && tier.path("start").asLong() <= above) {
          price = tier.path("price");
        }
      }
      if (price.isNumber()) {
        picos.put(kind, kind.isToken() ? ModelsDevFacts.picosPerToken(price) : picosEach(price));
      }
    });
    return picos;
  }

  private static List<PriceVariant> tiers(JsonNode prices) {
    var starts = new TreeSet<Long>();
    for (JsonNode rate : prices) {
      rate.path("tiers").forEach(tier -> starts.add(tier.path("start").asLong()));
    }
    var variants = new ArrayList<PriceVariant>();
    for (long start : starts) {
      if (start > 0) {
        variants.add(
            new PriceVariant(
                new Condition(ServiceTier.STANDARD, start, Optional.empty()),
                rates(prices, start)));
      }
    }
    return variants;
  }

  /** Dollars per thousand as picodollars for one. */
  private static long picosEach(JsonNode dollarsPerThousand) {
    return new BigDecimal(dollarsPerThousand.asString())
        .movePointRight(9)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
