package dev.ockham.config;

import dev.ockham.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.OptionalInt;

/** Reads how a model's calls are shared out among the places that serve it. */
final class PlaceNode {
  private PlaceNode() {}

  static Config.Serving serving(String id, Mapping model) {
    var others = new ArrayList<Config.Place>();
    for (YamlNode each : model.list("deployments")) {
      if (each instanceof Mapping place) {
        others.add(place(id, model, place));
      }
    }
    return new Config.Serving(share(model), others);
  }

  private static Config.Place place(String id, Mapping model, Mapping place) {
    String provider = place.text("provider").orElseThrow();
    return new Config.Place(
        provider,
        place.text("name").or(() -> model.text("name")).orElse(id),
        PriceNode.of(id + "@" + provider, place),
        PriceNode.adjustments(place),
        share(place));
  }

  private static Config.Share share(Mapping node) {
    return new Config.Share(
        node.text("weight").map(Integer::parseInt).orElse(Config.Share.EQUAL.weight()),
        node.text("max-in-flight")
            .map(text -> OptionalInt.of(Integer.parseInt(text)))
            .orElseGet(OptionalInt::empty));
  }
}
