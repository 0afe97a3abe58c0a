package dev.ockham.config;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.route.Route;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
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
    var deployments = new LinkedHashMap<String, Deployments>();
    var offers = new Offers(config, shipped, endpoints, today);
    config
        .models()
        .forEach((id, entry) -> {
          models.put(id, offers.model(id, entry, entry.place()));
          if (!entry.serving().equals(Config.Serving.ALONE)) {
            deployments.put(id, offers.deployments(id, entry));
          }
        });
    offers.unconfigured().forEach(models::putIfAbsent);
    String facts =
        shipped.version()
            + "+"
            + checksum(models + " " + new TreeMap<>(config.aliases()) + told(deployments));
    return new Assembly(
        "config+" + checksum(config.routes().toString()),
        new Catalog(facts, models, config.aliases(), deployments),
        config.routes());
  }

  /** The price of a configured model on a day; unknown for what is not configured. */
  public static Price priceOf(Config config, CatalogFile catalog, String model, LocalDate day) {
    Config.ModelEntry entry = config.models().get(model);
    return entry == null
        ? new Price.Unknown()
        : new Offers(config, catalog, Map.of(), day).price(entry, entry.place());
  }

  private static String checksum(String text) {
    var checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static String told(Map<String, Deployments> deployments) {
    return deployments.isEmpty() ? "" : " " + deployments;
  }
}
