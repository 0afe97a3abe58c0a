package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.catalog.PriceVariant.Condition;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Makes the shipped catalog from two public collections: limits, capabilities and scores from
 * models.dev; prices from whichever was checked later, with every disagreement listed.
 */
public final class CatalogImport {

  /** The catalog and, one line each, where the collections disagree on a price of today. */
  public record Made(CatalogFile catalog, List<String> disagreements) {}

  private static final int EARLIER = 8;

  private final ModelsDevFacts modelsDev;
  private final GenaiPricesFacts genaiPrices;
  private final LocalDate modelsDevDate;
  private final LocalDate genaiPricesDate;
  private final List<String> disagreements = new ArrayList<>();

  private CatalogImport(JsonNode models, JsonNode base, JsonNode prices) {
    modelsDev = new ModelsDevFacts(models, base);
    genaiPrices = new GenaiPricesFacts(prices);
    modelsDevDate = LocalDate.parse(models.path("date").asString());
    genaiPricesDate = LocalDate.parse(prices.path("date").asString());
  }

  /**
   * Makes a catalog.
   *
   * @param models models.dev's provider-models
   * @param base models.dev's base models
   * @param prices genai-prices
   */
  public static Made of(JsonNode models, JsonNode base, JsonNode prices) {
    return new CatalogImport(models, base, prices).make();
  }

  private Made make() {
    var providers = new LinkedHashMap<String, CatalogFile.Provider>();
    for (CatalogService service : CatalogService.ALL) {
      var models = new LinkedHashMap<String, CatalogFile.Facts>();
      gather(service).forEach((id, fact) -> models.put(id, facts(service, fact)));
      providers.put(
          service.id(), new CatalogFile.Provider(service.dialect(), service.baseUrl(), models));
    }
    LocalDate newest = modelsDevDate.isAfter(genaiPricesDate) ? modelsDevDate : genaiPricesDate;
    return new Made(new CatalogFile(newest.toString(), providers), List.copyOf(disagreements));
  }

  private Map<String, Fact> gather(CatalogService service) {
    var gathered = new TreeMap<String, Fact>();
    if (service.pricesOnly()) {
      genaiPrices.of(service.pricesId()).stream()
          .filter(fact -> !fact.costs().isEmpty())
          .forEach(fact -> gathered.put(fact.id(), fact));
    }
    modelsDev.of(service.id()).stream()
        .filter(fact -> service.takes().test(fact.id()))
        .forEach(fact -> gathered.put(fact.id(), fact));
    return gathered;
  }

  private CatalogFile.Facts facts(CatalogService service, Fact fact) {
    // A name beats a pattern: "everything that starts with mistral-medium" says little of the next.
    Optional<Fact> other =
        genaiPrices
            .find(service.pricesId(), fact.id())
            .filter(found -> found.named() || fact.costs().isEmpty())
            .filter(found -> isOfThisModel(found.fact(), fact))
            .map(GenaiPricesFacts.Found::fact);
    OptionalLong context = fact.context();
    if (context.isEmpty()) {
      context = other.map(Fact::context).orElseGet(OptionalLong::empty);
    }
    OptionalDouble skill = modelsDev.skill(fact.id());
    return new CatalogFile.Facts(
        new Model.Limits(context, fact.output()),
        fact.capabilities(),
        prices(service, fact, other),
        skill.isPresent() ? OptionalDouble.of(Math.round(skill.getAsDouble() * 1000) / 1e3) : skill,
        fact.retires());
  }

  /** Names pass on: a window a fraction of the size is that of an earlier model of the name. */
  private static boolean isOfThisModel(Fact priced, Fact fact) {
    return priced.context().isEmpty()
        || fact.context().isEmpty()
        || priced.context().getAsLong() > fact.context().getAsLong() / EARLIER;
  }

  private List<DatedPrice> prices(CatalogService service, Fact fact, Optional<Fact> other) {
    List<Fact.Cost> ours = fact.costs();
    List<Fact.Cost> theirs = other.map(Fact::costs).orElse(List.of());
    boolean theirsWin =
        !theirs.isEmpty() && (ours.isEmpty() || !genaiPricesDate.isBefore(modelsDevDate));
    if (!ours.isEmpty() && !theirs.isEmpty()) {
      compare(service.id() + "/" + fact.id(), fact, other.orElseThrow(), theirsWin);
    }
    var prices = new ArrayList<DatedPrice>();
    for (Fact.Cost cost : theirsWin ? theirs : ours) {
      prices.add(
          new DatedPrice(
              cost.from(),
              price(service, fact.id(), cost),
              theirsWin ? "genai-prices" : "models.dev",
              theirsWin ? genaiPricesDate : modelsDevDate));
    }
    return prices;
  }

  private void compare(String name, Fact ours, Fact theirs, boolean theirsWin) {
    Optional<Fact.Cost> mine = ours.costOn(modelsDevDate);
    Optional<Fact.Cost> yours = theirs.costOn(modelsDevDate);
    if (mine.isPresent() && yours.isPresent()) {
      for (TokenClass kind : TokenClass.values()) {
        Long left = mine.get().picos().get(kind);
        Long right = yours.get().picos().get(kind);
        if (left != null && right != null && !left.equals(right)) {
          disagreements.add(
              "%s %s: models.dev %s, genai-prices %s; kept %s"
                  .formatted(
                      name,
                      kind.wireName(),
                      CatalogFormat.perMillion(left),
                      CatalogFormat.perMillion(right),
                      theirsWin ? "genai-prices" : "models.dev"));
        }
      }
    }
  }

  private static Price price(CatalogService service, String id, Fact.Cost cost) {
    if (cost.isFree()) {
      return new Price.Free();
    }
    boolean anthropics = service.isAnthropics(id);
    Map<TokenClass, Long> picos = rates(cost.picos(), anthropics);
    var variants = new ArrayList<PriceVariant>();
    for (PriceVariant variant : cost.variants()) {
      variants.add(new PriceVariant(variant.when(), rates(variant.picosPerToken(), anthropics)));
    }
    if (service.halfPriceInBatches()) {
      variants.addAll(halves(picos, variants));
    }
    return PriceVersion.named(service.id() + "/" + id, picos, variants, List.of());
  }

  /**
   * Anthropic's own rule: an hour's cache write costs twice the input. Neither collection has it,
   * and without it such writes would be billed as those of five minutes.
   */
  private static Map<TokenClass, Long> rates(Map<TokenClass, Long> listed, boolean anthropics) {
    var picos = new EnumMap<TokenClass, Long>(TokenClass.class);
    picos.putAll(listed);
    Long input = picos.get(TokenClass.INPUT);
    if (anthropics && input != null && picos.containsKey(TokenClass.CACHE_WRITE_5M)) {
      picos.put(TokenClass.CACHE_WRITE_1H, 2 * input);
    }
    return picos;
  }

  /** Half of all rates of tokens, of the standard ones and of those above a length. */
  private static List<PriceVariant> halves(
      Map<TokenClass, Long> picos, List<PriceVariant> variants) {
    var halves = new ArrayList<PriceVariant>();
    halves.add(half(0, picos));
    for (PriceVariant variant : variants) {
      if (variant.when().tier() == ServiceTier.STANDARD && variant.when().hours().isEmpty()) {
        halves.add(half(variant.when().aboveInput(), variant.picosPerToken()));
      }
    }
    return halves;
  }

  private static PriceVariant half(long above, Map<TokenClass, Long> picos) {
    var halved = new EnumMap<TokenClass, Long>(TokenClass.class);
    picos.forEach((kind, rate) -> {
      if (kind.isToken()) {
        halved.put(kind, Math.ceilDiv(rate, 2));
      }
    });
    return new PriceVariant(new Condition(ServiceTier.BATCH, above, Optional.empty()), halved);
  }
}
