package dev.ockham.config;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** What each place that serves a model offers: its settings, filled in from the shipped catalog. */
final class Offers {
  private final Config config;
  private final CatalogFile shipped;
  private final Map<String, Endpoint> endpoints;
  private final LocalDate today;

  /**
   * @param today whose prices are in force
   */
  Offers(Config config, CatalogFile shipped, Map<String, Endpoint> endpoints, LocalDate today) {
    this.config = config;
    this.shipped = shipped;
    this.endpoints = endpoints;
    this.today = today;
  }

  /** The places of a model, the one it names itself first. */
  Deployments deployments(String id, Config.ModelEntry entry) {
    var places = new ArrayList<Config.Place>();
    places.add(entry.place());
    places.addAll(entry.serving().others());
    List<Deployment> all =
        places.stream()
            .map(place ->
                new Deployment(
                    model(id, entry, place), place.share().weight(), place.share().maxInFlight()))
            .toList();
    return new Deployments(all);
  }

  /** A model as a place serves it; what it can do is the same in all of them. */
  Model model(String id, Config.ModelEntry entry, Config.Place place) {
    Endpoint endpoint = endpoints.get(place.provider());
    if (endpoint == null) {
      throw new IllegalArgumentException("model " + id + " has no provider: not a valid Config");
    }
    Optional<CatalogFile.Facts> facts = facts(entry.provider(), entry.upstreamName());
    Model.Limits known = facts.map(CatalogFile.Facts::limits).orElse(Model.Limits.UNKNOWN);
    var limits =
        new Model.Limits(
            entry.contextWindow().isPresent() ? entry.contextWindow() : known.contextWindow(),
            entry.maxOutput().isPresent() ? entry.maxOutput() : known.maxOutput());
    Price price = price(entry, place);
    return new Model(
        id,
        endpoint,
        place.upstreamName(),
        limits,
        entry.capabilities().or(() -> facts.map(CatalogFile.Facts::capabilities)).orElse(Set.of()),
        price,
        entry.priorSkill().isPresent()
            ? entry.priorSkill()
            : PresumedSkill.of(
                entry.upstreamName(),
                price,
                facts.map(CatalogFile.Facts::priorSkill).orElseGet(OptionalDouble::empty)));
  }

  /** The models of providers whose catalog is offered whole, which nobody configured. */
  Map<String, Model> unconfigured() {
    var offered = new LinkedHashMap<String, Model>();
    for (String name : config.catalog().offer()) {
      CatalogFile.Provider known = shipped.providers().get(provider(name).catalogName());
      if (known != null) {
        for (String upstream : known.models().keySet()) {
          String id = name + "/" + upstream;
          if (!config.aliases().containsKey(id)) {
            Config.ModelEntry entry = entry(name, upstream);
            offered.put(id, model(id, entry, entry.place()));
          }
        }
      }
    }
    return offered;
  }

  private static Config.ModelEntry entry(String provider, String upstream) {
    return new Config.ModelEntry(
        provider,
        upstream,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        OptionalDouble.empty(),
        Config.Serving.ALONE);
  }

  /** What is configured, else listed, with what was agreed besides. */
  Price price(Config.ModelEntry entry, Config.Place place) {
    Config.Provider provider = provider(place.provider());
    Price price =
        place
            .price()
            .or(entry::price)
            .or(() ->
                facts(place.provider(), place.upstreamName())
                    .flatMap(known -> known.inForce(today, provider.region()))
                    .map(CatalogFile.DatedPrice::price))
            .orElseGet(Price.Unknown::new);
    List<Adjustment> agreed =
        place.adjustments().isEmpty() ? provider.adjustments() : place.adjustments();
    return price instanceof Price.Listed listed && !agreed.isEmpty()
        ? PriceVersion.adjusted(listed, agreed)
        : price;
  }

  private Optional<CatalogFile.Facts> facts(String provider, String upstreamName) {
    return shipped.facts(provider(provider).catalogName(), upstreamName);
  }

  private Config.Provider provider(String name) {
    return Optional.ofNullable(config.providers().get(name)).orElseThrow();
  }
}
