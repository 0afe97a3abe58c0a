package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What calls really cost, by model and key; where a key has made few, by model. Its owner's lock
 * guards it.
 */
final class CostSketches {
  /** Fewer calls say little about a quantile. */
  private static final int ENOUGH = 20;

  private static final int MOST = 4_096;

  private record Kind(String organisation, String model, String key) {}

  private final Map<Kind, CostSketch> sketches =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, CostSketch> eldest) {
          return size() > MOST;
        }
      };

  void add(Hold hold, long cost) {
    String model = hold.quote().model();
    of(new Kind(hold.organisation(), model, key(hold.scopes()))).add(cost, hold.nanos());
    of(new Kind(hold.organisation(), model, "")).add(cost, hold.nanos());
  }

  void add(Checkpoint.PastCost past) {
    for (String key : List.of(past.key(), "")) {
      of(new Kind(past.organisation(), past.model(), key)).add(past.cost(), past.worst());
    }
  }

  /**
   * What so many in a thousand such calls cost no more than; while too few are known, what is
   * expected. Never nothing of a call that may cost something, or it would pass for free.
   */
  long likely(HoldRequest request, long worst, int permille) {
    String organisation = request.caller().organisation();
    Quote quote = request.quote();
    for (String key : List.of(key(request.scopes()), "")) {
      CostSketch sketch = sketches.get(new Kind(organisation, quote.model(), key));
      if (sketch != null && sketch.total() >= ENOUGH) {
        return sketch.quantile(permille, worst);
      }
    }
    long expected = quote.price().of(quote.expected()).total().map(Nanos::up).orElse(0L);
    return Math.min(worst, Math.max(1, expected));
  }

  private CostSketch of(Kind kind) {
    return sketches.computeIfAbsent(kind, _ -> new CostSketch());
  }

  private static String key(List<Scope> scopes) {
    for (Scope scope : scopes) {
      if (scope.kind() == Scope.Kind.KEY) {
        return scope.name();
      }
    }
    return "";
  }
}
