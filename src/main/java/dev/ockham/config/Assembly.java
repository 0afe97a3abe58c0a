package dev.ockham.config;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.Secret;
import dev.ockham.route.Route;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a gateway works with, made of its settings and the shipped catalog: settings win, the
 * catalog fills in, and what neither knows stays unknown.
 *
 * @param routes by name, in the file's order
 * @param credentials by {@link Endpoint#name}; a provider that wants none has no entry
 */
public record Assembly(
    Catalog catalog, SequencedMap<String, Route> routes, Map<String, Secret> credentials) {
  public Assembly {
    routes = new LinkedHashMap<>(routes);
    credentials = Map.copyOf(credentials);
  }

  /** Puts settings and catalog together, with the prices in force on a day. */
  public static Assembly of(Config config, CatalogFile shipped, LocalDate today) {
    var endpoints = new LinkedHashMap<String, Endpoint>();
    var credentials = new LinkedHashMap<String, Secret>();
    config
        .providers()
        .forEach((name, provider) -> {
          endpoints.put(
              name,
              new Endpoint(
                  name,
                  provider.dialect(),
                  provider.baseUrl(),
                  config.server().deadlines().call()));
          provider.apiKey().ifPresent(key -> credentials.put(name, key));
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
          models.put(id, model(id, entry, endpoint, facts, today));
        });
    return new Assembly(
        new Catalog(shipped.version(), models, config.aliases()), config.routes(), credentials);
  }

  private static Model model(
      String id,
      Config.ModelEntry entry,
      Endpoint endpoint,
      Optional<CatalogFile.Facts> facts,
      LocalDate today) {
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
        entry.price().or(() -> facts.map(f -> f.priceOn(today))).orElseGet(Price.Unknown::new),
        entry.priorSkill().isPresent()
            ? entry.priorSkill()
            : facts.map(CatalogFile.Facts::priorSkill).orElseGet(java.util.OptionalDouble::empty));
  }
}
