package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Price;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts models in the order in which a route that nobody described falls back on them. */
final class Strongest {
  private Strongest() {}

  /** The most able by presumption first; those of which nothing is known last. */
  static List<String> first(
      List<String> names,
      Map<String, Config.Provider> providers,
      Map<String, Config.ModelEntry> models,
      CatalogFile shipped) {
    var skills = new HashMap<String, Double>();
    for (String name : names) {
      Config.ModelEntry entry = models.get(name);
      Config.Provider provider = entry == null ? null : providers.get(entry.provider());
      if (entry != null && provider != null) {
        var facts = shipped.facts(provider.catalogName(), entry.upstreamName());
        skills.put(name, skill(entry, facts).orElse(0));
      }
    }
    return names.stream()
        .sorted(Comparator.comparingDouble(name -> -skills.getOrDefault(name, 0.0)))
        .toList();
  }

  private static OptionalDouble skill(Config.ModelEntry entry, Optional<CatalogFile.Facts> facts) {
    if (entry.priorSkill().isPresent()) {
      return entry.priorSkill();
    }
    Price price =
        entry
            .price()
            .or(() -> facts.map(known -> known.priceOn(LocalDate.MAX)))
            .orElseGet(Price.Unknown::new);
    return PresumedSkill.of(
        entry.upstreamName(),
        price,
        facts.map(CatalogFile.Facts::priorSkill).orElseGet(OptionalDouble::empty));
  }
}
