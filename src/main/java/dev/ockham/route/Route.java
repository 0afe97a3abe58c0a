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
 */
public record Route(
    String name, List<String> candidates, String fallback, List<Rule> rules, Objective objective) {
  public Route {
    candidates = List.copyOf(candidates);
    rules = List.copyOf(rules);
  }

  /** Every model this route names: the candidates in order, the fallback, those of its rules. */
  SequencedSet<String> modelNames() {
    var names = new LinkedHashSet<>(candidates);
    names.add(fallback);
    for (Rule rule : rules) {
      names.add(rule.then().model());
    }
    return names;
  }
}
