package dev.ockham.config;

import dev.ockham.route.Route;
import dev.ockham.route.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One route apart from a file: with the keys it would have there, in YAML or JSON. */
public final class RouteDocument {
  private static final int LONGEST = 256 * 1024;

  private RouteDocument() {}

  /** What came of reading one. */
  public sealed interface Outcome {
    record Read(Route route) implements Outcome {}

    /**
     * @param problems every one that was found
     */
    record Invalid(List<ConfigProblem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads a route; the same is asked of it as in a file.
   *
   * @param models the names of models and aliases there are
   */
  public static Outcome read(String name, String text, Collection<String> models) {
    String path = "routes." + name;
    if (text.length() > LONGEST) {
      String size = text.length() + " characters";
      return new Outcome.Invalid(List.of(new ConfigProblem(0, path, size, "at most " + LONGEST)));
    }
    var problems = new ArrayList<ConfigProblem>();
    Optional<YamlNode.Mapping> root = new YamlReader(problems).read(text);
    if (root.isPresent()) {
      new ShapeCheck(problems).check(root.get(), ConfigShape.ROUTE, path);
      RouteSection.check(path, root.get(), models, problems);
    }
    if (!problems.isEmpty() || root.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigProblem::line));
      return new Outcome.Invalid(problems);
    }
    return new Outcome.Read(RouteSection.build(name, root.get()));
  }

  /** Writes a route so that reading it gives an equal one. */
  public static String write(Route route) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode candidates = json.putArray("candidates");
    route.candidates().forEach(candidates::add);
    json.put("default", route.fallback());
    double value = route.objective().dollarsPerGoodAnswer();
    json.put("value-per-good-answer", BigDecimal.valueOf(value).toPlainString());
    if (!route.rules().isEmpty()) {
      ArrayNode rules = json.putArray("rules");
      route.rules().forEach(rule -> write(rules.addObject(), rule));
    }
    return json.toString();
  }

  private static void write(ObjectNode json, Rule rule) {
    json.put("name", rule.name());
    Rule.When when = rule.when();
    ObjectNode conditions = json.objectNode();
    when.hasImages().ifPresent(has -> conditions.put("has-images", has));
    when.hasTools().ifPresent(has -> conditions.put("has-tools", has));
    when.scope().ifPresent(scope -> conditions.put("scope", scope));
    when.minInputTokens().ifPresent(least -> conditions.put("min-input-tokens", least));
    when.maxInputTokens().ifPresent(most -> conditions.put("max-input-tokens", most));
    if (when.expression().isPresent()) {
      json.put("when", when.expression().get().text());
    } else if (!conditions.isEmpty()) {
      json.set("when", conditions);
    }
    switch (rule.then()) {
      case Rule.Then.Use(String model) -> json.put("use", model);
      case Rule.Then.Exclude(String model) -> json.put("exclude", model);
      case Rule.Then.Prefer(String model) -> json.put("prefer", model);
      case Rule.Then.Label(String text) -> json.put("label", text);
    }
  }
}
