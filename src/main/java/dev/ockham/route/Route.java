package dev.ockham.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A named way to choose: who may be chosen, by which rules, and what a good answer is worth.
 *
 * @param candidates model ids, in the order of preference among equals
 * @param fallback the model that serves when the router abstains
 * @param rules tried in order before the learned router
 * @param version names it in every record, such as {@code auto@3}; empty if it was not published
 */
public record Route(
    String name,
    List<String> candidates,
    String fallback,
    List<Rule> rules,
    Objective objective,
    String version) {
  /** One that was not published: the whole set of routes has a version. */
  public Route(
      String name,
      List<String> candidates,
      String fallback,
      List<Rule> rules,
      Objective objective) {
    this(name, candidates, fallback, rules, objective, "");
  }

  public Route {
    candidates = List.copyOf(candidates);
    rules = List.copyOf(rules);
  }

  /** This as one of its versions. */
  public Route versioned(String label) {
    return new Route(name, candidates, fallback, rules, objective, label);
  }

  /** Every model this route names: the candidates in order, the fallback, those of its rules. */
  public SequencedSet<String> modelNames() {
    var names = new LinkedHashSet<>(candidates);
    names.add(fallback);
    for (Rule rule : rules) {
      rule.then().model().ifPresent(names::add);
    }
    return names;
  }
}
