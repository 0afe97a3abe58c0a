package dev.ockham.demo;

import dev.ockham.demo.Figures.Gain;
import dev.ockham.demo.Figures.Part;
import dev.ockham.demo.Figures.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures as one JSON object: money as decimal strings, shares as percentages, differences in
 * points.
 */
final class FiguresJson {
  private FiguresJson() {}

  static ObjectNode of(Figures figures) {
    ObjectNode json = Voice.JSON.createObjectNode();
    json.put("questions", figures.shares().questions());
    json.put("accuracy", rounded(figures.router().accuracy()));
    json.put("cost_usd", Tariff.dollars(figures.router().picos()));
    json.put("ledger_cost_usd", Tariff.dollars(figures.ledgerPicos()));
    json.set("best_single", row(figures.baselines().bestSingle()));
    json.set("cheapest", row(figures.baselines().cheapest()));
    json.set("random_mix", row(figures.baselines().randomMix()));
    json.set("domain_table", row(figures.baselines().domainTable()));
    json.set("oracle", row(figures.baselines().oracle()));
    put(json, "saved_percent", "saved_interval", figures.saved());
    put(json, "accuracy_difference", "accuracy_difference_interval", figures.accuracyGain());
    json.set("by_model", byModel(figures));
    json.set("by_domain", byDomain(figures));
    return json;
  }

  private static ObjectNode row(Row row) {
    return Voice.JSON
        .createObjectNode()
        .put("model", row.label())
        .put("accuracy", rounded(row.accuracy()))
        .put("cost_usd", Tariff.dollars(row.picos()));
  }

  private static void put(ObjectNode json, String value, String interval, Gain gain) {
    json.put(value, rounded(gain.value()));
    json.putArray(interval)
        .add(rounded(gain.interval().low()))
        .add(rounded(gain.interval().high()));
  }

  private static ObjectNode byModel(Figures figures) {
    ObjectNode json = Voice.JSON.createObjectNode();
    figures
        .shares()
        .byModel()
        .forEach((model, part) ->
            json.set(
                model,
                part(part)
                    .put(
                        "share",
                        rounded(100.0 * part.questions() / figures.shares().questions()))));
    return json;
  }

  private static ObjectNode byDomain(Figures figures) {
    ObjectNode json = Voice.JSON.createObjectNode();
    figures
        .shares()
        .byDomain()
        .forEach((domain, part) -> {
          ObjectNode entry = part(part);
          ObjectNode models = entry.putObject("models");
          for (Map.Entry<String, Integer> model : part.models().entrySet()) {
            models.put(model.getKey(), model.getValue());
          }
          json.set(domain, entry);
        });
    return json;
  }

  private static ObjectNode part(Part part) {
    return Voice.JSON
        .createObjectNode()
        .put("questions", part.questions())
        .put("accuracy", rounded(part.accuracy()))
        .put("cost_usd", Tariff.dollars(part.picos()));
  }

  /** To a hundredth of a per cent. */
  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
  }
}
