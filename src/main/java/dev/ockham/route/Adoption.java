package dev.ockham.route;

import dev.ockham.policy.Scope;
import dev.ockham.route.Explanation.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the router may go, scope by scope, for requests that name a route and for those that name
 * a model. The narrowest scope of the caller that has a rung counts; a rung of the route is a
 * ceiling, so that taking a route back takes everybody back.
 *
 * @param rungs by scope: {@code org:…}, {@code team:…}, {@code key:…}, {@code route:…}, {@code
 *     workload:…}
 * @param seed turns a run into its place among all runs; another seed draws other runs
 */
public record Adoption(Map<String, Rung> rungs, long seed) {
  /** A share of all runs is counted in so many parts. */
  public static final int PARTS = 10_000;

  /** Nothing is set: who names a route is routed, who names a model is observed. */
  public static final Adoption NONE = new Adoption(Map.of(), 0);

  /**
   * A rung of the ladder.
   *
   * @param canary of 10,000 runs, how many the route serves in {@link Mode#CANARY}
   * @param holdout of 10,000 runs, how many are always served as without the router, as a measure
   */
  public record Rung(Mode mode, int canary, int holdout) {
    public Rung {
      if (canary < 0 || canary > PARTS || holdout < 0 || holdout > PARTS) {
        throw new IllegalArgumentException(
            "shares of " + canary + " and " + holdout + " (expected: 0 to " + PARTS + ")");
      }
    }

    public static Rung of(Mode mode) {
      return new Rung(mode, 0, 0);
    }

    /** The lower of two rungs, with the larger holdout. */
    Rung under(Rung ceiling) {
      int both = Math.max(holdout, ceiling.holdout);
      if (mode == Mode.CANARY && ceiling.mode == Mode.CANARY) {
        return new Rung(mode, Math.min(canary, ceiling.canary), both);
      }
      Rung lower = mode.compareTo(ceiling.mode) <= 0 ? this : ceiling;
      return new Rung(lower.mode, lower.canary, both);
    }
  }

  public Adoption {
    rungs = Map.copyOf(rungs);
  }

  /** The rung for a caller on a route; empty where nothing is set. */
  Optional<Rung> of(List<Scope> scopes, Optional<String> workload, Route route) {
    if (rungs.isEmpty()) {
      return Optional.empty();
    }
    Rung ceiling = rungs.get("route:" + route.name());
    Rung own = workload.map(name -> rungs.get("workload:" + name)).orElse(null);
    for (int i = scopes.size() - 1; own == null && i >= 0; i--) {
      own = rungs.get(scopes.get(i).toString());
    }
    if (own == null) {
      return Optional.ofNullable(ceiling);
    }
    return Optional.of(ceiling == null ? own : own.under(ceiling));
  }

  /** This with another rung for one scope. */
  public Adoption with(String scope, Rung rung) {
    var changed = new java.util.HashMap<>(rungs);
    changed.put(scope, rung);
    return new Adoption(changed, seed);
  }

  /** This without a rung for one scope. */
  public Adoption without(String scope) {
    var changed = new java.util.HashMap<>(rungs);
    changed.remove(scope);
    return new Adoption(changed, seed);
  }
}
