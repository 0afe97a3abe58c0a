package dev.ockham.route;

import java.util.List;

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
}
