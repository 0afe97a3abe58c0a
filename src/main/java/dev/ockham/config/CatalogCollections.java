package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads public collections of prices as catalogs, for the providers that a catalog has. */
public final class CatalogCollections {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** LiteLLM's names for providers, where ours are others. */
  private static final Map<String, String> LITELLM =
      Map.of(
          "gemini", "google",
          "vertex_ai-language-models", "google-vertex",
          "bedrock", "amazon-bedrock",
          "bedrock_converse", "amazon-bedrock");

  /** A collection's format, by the name it is asked for with. */
  public enum Format {
    LITELLM("litellm"),
    MODELS_DEV("models-dev"),
    GENAI_PRICES("genai-prices");

    private final String wireName;

    Format(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * What was read.
   *
   * @param refused what could not be believed in itself, a line each
   * @param skipped models of providers that the catalog does not have
   */
  public record Collected(CatalogFile catalog, List<String> refused, int skipped) {
    public Collected {
      refused = List.copyOf(refused);
    }
  }

  private final Format format;
  private final CatalogFile base;
  private final LocalDate checked;
  private final List<String> refused = new ArrayList<>();
  private int skipped;

  private CatalogCollections(Format format, CatalogFile base, LocalDate checked) {
    this.format = format;
    this.base = base;
    this.checked = checked;
  }

  /**
   * Reads a collection's JSON.
   *
   * @param base says which providers are taken
   * @param checked the day of the collection
   * @throws IllegalArgumentException if it is no JSON of that format
   */
  public static Collected read(byte[] json, Format format, CatalogFile base, LocalDate checked) {
    try {
      return new CatalogCollections(format, base, checked).collect(JSON.readTree(json));
    } catch (JacksonException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a file of " + format.wireName() + " (expected: its JSON)", e);
    }
  }

  private Collected collect(JsonNode root) {
    Map<String, List<Fact>> facts =
        switch (format) {
          case LITELLM -> ours(new LiteLlmFacts(refused).all(root));
          case MODELS_DEV -> modelsDev(root);
          case GENAI_PRICES -> genaiPrices(root);
        };
    var providers = new LinkedHashMap<String, CatalogFile.Provider>();
    facts.forEach((name, list) -> {
      CatalogFile.Provider known = base.providers().get(name);
      if (known == null) {
        skipped += list.size();
      } else {
        var models = new LinkedHashMap<String, Facts>();
        list.forEach(fact -> models.putIfAbsent(fact.id(), facts(name, fact)));
        providers.put(name, new CatalogFile.Provider(known.dialect(), known.baseUrl(), models));
      }
    });
    if (facts.isEmpty()) {
      throw new IllegalArgumentException(
          "no models in it (expected: a file of " + format.wireName() + ")");
    }
    return new Collected(new CatalogFile(checked.toString(), providers), refused, skipped);
  }

  private static Map<String, List<Fact>> ours(Map<String, List<Fact>> theirs) {
    var ours = new LinkedHashMap<String, List<Fact>>();
    theirs.forEach((name, facts) ->
        ours.computeIfAbsent(LITELLM.getOrDefault(name, name), _ -> new ArrayList<>())
            .addAll(facts));
    return ours;
  }

  /** Either the collection's own files in one list, or what its site serves: models by provider. */
  private Map<String, List<Fact>> modelsDev(JsonNode root) {
    var facts = new LinkedHashMap<String, List<Fact>>();
    if (root.path("models").isArray()) {
      var read = new ModelsDevFacts(root, JSON.createObjectNode());
      base.providers().keySet().forEach(name -> facts.put(name, read.of(name)));
      return facts;
    }
    root.forEachEntry((provider, node) -> {
      var list = JSON.createObjectNode();
      var models = list.putArray("models");
      node.path("models")
          .forEach(model -> {
            if (model instanceof ObjectNode object) {
              models.add(object.deepCopy().put("provider", provider));
            }
          });
      if (!models.isEmpty()) {
        facts.put(provider, new ModelsDevFacts(list, JSON.createObjectNode()).of(provider));
      }
    });
    return facts;
  }

  private Map<String, List<Fact>> genaiPrices(JsonNode root) {
    JsonNode list = root.isArray() ? root : root.path("providers");
    var wrapped = JSON.createObjectNode();
    wrapped.set("providers", list);
    var read = new GenaiPricesFacts(wrapped);
    var facts = new LinkedHashMap<String, List<Fact>>();
    for (CatalogService service : CatalogService.ALL) {
      List<Fact> found = read.of(service.pricesId());
      if (!found.isEmpty()) {
        facts.put(service.id(), found);
      }
    }
    return facts;
  }

  private Facts facts(String provider, Fact fact) {
    var prices = new ArrayList<DatedPrice>();
    for (Fact.Cost cost : fact.costs()) {
      price(provider + "/" + fact.id(), cost)
          .ifPresent(
              price -> prices.add(new DatedPrice(cost.from(), price, format.wireName(), checked)));
    }
    return new Facts(
        new Model.Limits(fact.context(), fact.output()),
        fact.capabilities(),
        prices,
        OptionalDouble.empty(),
        fact.retires());
  }

  private Optional<Price> price(String owner, Fact.Cost cost) {
    for (Map.Entry<TokenClass, Long> rate : cost.picos().entrySet()) {
      long most =
          rate.getKey().isToken()
              ? CatalogPriceReader.MAX_PICOS_PER_TOKEN
              : CatalogPriceReader.MAX_PICOS_EACH;
      if (rate.getValue() < 0 || rate.getValue() > most) {
        refused.add(
            owner
                + " "
                + rate.getKey().wireName()
                + ": "
                + rate.getValue()
                + " picodollars (expected: 0 to "
                + most
                + ")");
        return Optional.empty();
      }
    }
    if (cost.isFree()) {
      return Optional.of(new Price.Free());
    }
    return Optional.of(
        PriceVersion.named(owner, new EnumMap<>(cost.picos()), cost.variants(), List.of()));
  }
}
