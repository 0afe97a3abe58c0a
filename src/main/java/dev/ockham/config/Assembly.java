package dev.ockham.config;

import dev.ockham.catalog.Adjustment;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.route.Route;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What a gateway works with, made of its settings and the shipped catalog: settings win, the
 * catalog fills in, and what neither knows stays unknown.
 *
 * @param version names this set of models and routes in every record made with it
 * @param routes by name, in the file's order
 */
public record Assembly(String version, Catalog catalog, SequencedMap<String, Route> routes) {
  public Assembly {
    routes = new LinkedHashMap<>(routes);
  }

  /** Puts settings and catalog together, with the prices in force on a day. */
  public static Assembly of(Config config, CatalogFile shipped, LocalDate today) {
    var endpoints = new LinkedHashMap<String, Endpoint>();
    config
        .providers()
        .forEach((name, provider) -> {
          endpoints.put(
              name,
              new Endpoint(
                  name,
                  provider.dialect(),
                  provider.baseUrl(),
                  config.server().deadlines().call(),
                  provider.hangUp()));
        });
    var models = new LinkedHashMap<String, Model>();
    config
        .models()
        .forEach((id, entry) -> {
          Config.Provider provider = config.providers().get(entry.provider());
          Endpoint endpoint = endpoints.get(entry.provider());
          if (provider == null || endpoint == null) {
            throw new IllegalArgumentException(
                "model " + id + " has no provider: not a valid Config");
          }
          var facts = shipped.facts(provider.catalogName(), entry.upstreamName());
          models.put(id, model(id, entry, endpoint, facts, price(entry, provider, facts, today)));
        });
    String facts =
        shipped.version() + "+" + checksum(models + " " + new TreeMap<>(config.aliases()));
    return new Assembly(
        "config+" + checksum(config.routes().toString()),
        new Catalog(facts, models, config.aliases()),
        config.routes());
  }

  private static String checksum(String text) {
    var checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /** What is configured, else listed, with what was agreed besides. */
  private static Price price(
      Config.ModelEntry entry,
      Config.Provider provider,
      Optional<CatalogFile.Facts> facts,
      LocalDate today) {
    Price price =
        entry
            .price()
            .or(() ->
                facts
                    .flatMap(known -> known.inForce(today, provider.region()))
                    .map(CatalogFile.DatedPrice::price))
            .orElseGet(Price.Unknown::new);
    List<Adjustment> agreed =
        entry.adjustments().isEmpty() ? provider.adjustments() : entry.adjustments();
    return price instanceof Price.Listed listed && !agreed.isEmpty()
        ? PriceVersion.adjusted(listed, agreed)
        : price;
  }

  private static Model model(
      String id,
      Config.ModelEntry entry,
      Endpoint endpoint,
      Optional<CatalogFile.Facts> facts,
      Price price) {
    Model.Limits known = facts.map(CatalogFile.Facts::limits).orElse(Model.Limits.UNKNOWN);
    var limits =
        new Model.Limits(
            entry.contextWindow().isPresent() ? entry.contextWindow() : known.contextWindow(),
            entry.maxOutput().isPresent() ? entry.maxOutput() : known.maxOutput());
    return new Model(
        id,
        endpoint,
        entry.upstreamName(),
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
}
