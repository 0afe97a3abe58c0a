package dev.ockham.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Everything that can be called, as one immutable snapshot. A reload makes a new one and swaps it
 * whole; requests under way keep the one they began with.
 *
 * @param version names this snapshot in every record made with it
 * @param models by {@link Model#id}, in configuration order
 * @param aliases other names for models
 * @param deployments by {@link Model#id}; a model that is not named here is served in one place
 */
public record Catalog(
    String version,
    SequencedMap<String, Model> models,
    Map<String, String> aliases,
    Map<String, Deployments> deployments) {
  public Catalog {
    models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
    aliases = Map.copyOf(aliases);
    var places = new HashMap<>(deployments);
    models.forEach((id, model) -> places.computeIfAbsent(id, _ -> Deployments.of(model)));
    deployments = Map.copyOf(places);
  }

  /** Models that are served in one place each. */
  public Catalog(String version, SequencedMap<String, Model> models, Map<String, String> aliases) {
    this(version, models, aliases, Map.of());
  }

  /** Where a model is served. */
  public Deployments deployments(Model model) {
    Deployments places = deployments.get(model.id());
    return places == null ? Deployments.of(model) : places;
  }

  /** The model of this name or alias. */
  public Optional<Model> find(String nameOrAlias) {
    Model direct = models.get(nameOrAlias);
    if (direct != null) {
      return Optional.of(direct);
    }
    String target = aliases.get(nameOrAlias);
    return target == null ? Optional.empty() : Optional.ofNullable(models.get(target));
  }

  public Collection<Model> all() {
    return models.sequencedValues();
  }
}
