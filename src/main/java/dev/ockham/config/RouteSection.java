package dev.ockham.config;

import dev.ockham.config.YamlNode.Mapping;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a file, or whoever publishes one, says of a route: checked, then made a record. */
final class RouteSection {
  static final Objective DEFAULT_OBJECTIVE = new Objective(0.01);

  /** What a rule does: one of these. */
  private static final List<String> ACTIONS = List.of("use", "exclude", "prefer", "label");

  private RouteSection() {}

  /** Notes what is wrong beyond the shape: names nobody knows, and keys that contradict. */
  static void check(
      String path, Mapping route, Collection<String> models, List<ConfigProblem> problems) {
    var names = new Names(models, problems);
    List<YamlNode> candidates = route.list("candidates");
    for (int i = 0; i < candidates.size(); i++) {
      names.refer(path + ".candidates[" + i + "]", candidates.get(i), "a model or alias");
    }
    if (route.get("candidates").isPresent() && candidates.isEmpty()) {
      problems.add(
          new ConfigProblem(route.line(), path + ".candidates", "none", "at least one model"));
    }
    route.get("default").ifPresent(node -> names.refer(path + ".default", node, "a model"));
    List<YamlNode> rules = route.list("rules");
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof Mapping rule) {
        checkRule(path + ".rules[" + i + "]", rule, names);
      }
    }
  }

  private static void checkRule(String path, Mapping rule, Names names) {
    for (String key : List.of("use", "exclude", "prefer")) {
      rule.get(key).ifPresent(node -> names.refer(path + "." + key, node, "a model or alias"));
    }
    List<String> actions = ACTIONS.stream().filter(key -> rule.get(key).isPresent()).toList();
    if (actions.size() != 1) {
      String value = actions.isEmpty() ? "none" : String.join(" and ", actions);
      String expected = "one of " + String.join(", ", ACTIONS);
      names.problems.add(new ConfigProblem(rule.line(), path, value, expected));
    }
    rule.get("when")
        .ifPresent(when -> {
          if (when instanceof YamlNode.Scalar(int line, String text) && Kind.CEL.accepts(text)) {
            checkCondition(path + ".when", line, text, names.problems);
          }
        });
  }

  private static void checkCondition(
      String path, int line, String text, List<ConfigProblem> problems) {
    for (CelRules.Problem problem : CelRules.problems(text)) {
      String expected = "at character " + problem.column() + ": " + problem.expected();
      problems.add(new ConfigProblem(line, path, text, expected));
    }
  }

  private record Names(Collection<String> models, List<ConfigProblem> problems) {
    void refer(String path, YamlNode node, String expected) {
      if (node instanceof YamlNode.Scalar(int line, String name) && !models.contains(name)) {
        String hint = ShapeCheck.hint(name, models);
        problems.add(new ConfigProblem(line, path, name, expected + hint));
      }
    }
  }

  /** Makes a record of a section that was found valid. */
  static Route build(String name, Mapping node) {
    List<String> candidates =
        node.list("candidates").stream().map(each -> ((YamlNode.Scalar) each).text()).toList();
    return new Route(
        name,
        candidates,
        node.text("default").orElse(candidates.getFirst()),
        node.list("rules").stream().map(each -> rule((Mapping) each)).toList(),
        node.text("value-per-good-answer")
            .map(text -> new Objective(Double.parseDouble(text)))
            .orElse(DEFAULT_OBJECTIVE));
  }

  private static Rule rule(Mapping node) {
    return new Rule(node.text("name").orElseThrow(), when(node), then(node));
  }

  private static Rule.Then then(Mapping node) {
    Optional<Rule.Then> use = node.text("use").map(Rule.Then.Use::new);
    Optional<Rule.Then> exclude = node.text("exclude").map(Rule.Then.Exclude::new);
    Optional<Rule.Then> prefer = node.text("prefer").map(Rule.Then.Prefer::new);
    Optional<Rule.Then> label = node.text("label").map(Rule.Then.Label::new);
    return use.or(() -> exclude).or(() -> prefer).or(() -> label).orElseThrow();
  }

  private static Rule.When when(Mapping rule) {
    Optional<String> expression = rule.text("when");
    if (expression.isPresent()) {
      return Rule.When.of(CelRules.expression(expression.get()));
    }
    Mapping when = rule.section("when");
    return new Rule.When(
        flag(when, "has-images"),
        flag(when, "has-tools"),
        when.text("scope"),
        number(when, "min-input-tokens"),
        number(when, "max-input-tokens"));
  }

  private static Optional<Boolean> flag(Mapping node, String key) {
    return node.text(key).map("true"::equals);
  }

  private static OptionalLong number(Mapping node, String key) {
    return node.text(key)
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }
}
