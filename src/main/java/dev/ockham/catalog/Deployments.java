package dev.ockham.catalog;

import java.util.List;

/**
 * All places where a model is served.
 *
 * @param all at least one
 */
public record Deployments(List<Deployment> all) {
  public Deployments {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no deployment (expected: at least one)");
    }
  }

  /** Those of a model that is served in one place. */
  public static Deployments of(Model model) {
    return new Deployments(List.of(Deployment.of(model)));
  }
}
