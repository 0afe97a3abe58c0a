package dev.ockham.config;

import dev.ockham.config.YamlNode.Mapping;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks what a model's deployments say of each other and of the providers. */
final class DeploymentReferences {
  private final List<ConfigProblem> problems;
  private final Collection<String> providers;

  DeploymentReferences(List<ConfigProblem> problems, Collection<String> providers) {
    this.problems = problems;
    this.providers = providers;
  }

  void check(String path, Mapping model) {
    Set<List<String>> taken = new HashSet<>();
    taken.add(served(model, model));
    List<YamlNode> deployments = model.list("deployments");
    for (int i = 0; i < deployments.size(); i++) {
      if (deployments.get(i) instanceof Mapping place) {
        one(path + ".deployments[" + i + "]", place, taken.add(served(model, place)));
      }
    }
  }

  private void one(String path, Mapping place, boolean isNew) {
    String provider = place.text("provider").orElse("");
    if (place.get("provider").isPresent() && !providers.contains(provider)) {
      String hint = ShapeCheck.hint(provider, providers);
      problem(place.line(), path + ".provider", provider, "a name under providers" + hint);
    } else if (!isNew) {
      problem(place.line(), path, "named before", "another provider or another name there");
    }
  }

  /** By whom, as what. */
  private static List<String> served(Mapping model, Mapping place) {
    String name = place.text("name").or(() -> model.text("name")).orElse("");
    return List.of(place.text("provider").orElse(""), name);
  }

  private void problem(int line, String path, String value, String expected) {
    problems.add(new ConfigProblem(line, path, value, expected));
  }
}
