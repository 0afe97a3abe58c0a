package dev.ockham.serve;

import dev.ockham.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether this server should be sent requests: it is not draining, the journal takes calls, and the
 * store keeps up with it. Looked at by any loop, measured by one.
 */
final class Readiness {
  private static final Duration MAX_LAG = Duration.ofSeconds(10);

  private final Store store;
  private final Reloads reloads;
  private final LongSupplier nanos;
  private volatile boolean draining;
  private volatile long askedAt;
  private volatile long lagNanos;
  private volatile boolean waiting;

  Readiness(Store store, Reloads reloads, LongSupplier nanos) {
    this.store = store;
    this.reloads = reloads;
    this.nanos = nanos;
  }

  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  /** Called once a second: times how long the store takes to have everything appended so far. */
  void measure() {
    if (waiting) {
      return;
    }
    waiting = true;
    askedAt = nanos.getAsLong();
    var _ =
        store
            .drained()
            .whenComplete((done, broken) -> {
              if (broken == null) {
                lagNanos = nanos.getAsLong() - askedAt;
                waiting = false;
              }
            });
  }

  Duration lag() {
    return Duration.ofNanos(waiting ? Math.max(lagNanos, nanos.getAsLong() - askedAt) : lagNanos);
  }

  /** Why this server is not ready, for the reader; empty where it is. */
  List<String> obstacles() {
    var obstacles = new ArrayList<String>();
    if (draining) {
      obstacles.add("draining: this server was told to stop");
    }
    if (!store.journal().admits()) {
      obstacles.add("the journal takes no more calls: see the free space of the data folder");
    }
    if (lag().compareTo(MAX_LAG) > 0) {
      obstacles.add("the store is " + lag().toSeconds() + " s behind the journal");
    }
    return obstacles;
  }

  /** What an operator should know though requests may come; nobody's data. */
  List<String> notes() {
    return reloads
        .lastRefused()
        .map(refused ->
            "the last reload of the settings was refused for problems: "
                + refused.problems().size()
                + " (they are in the log and in the answer to POST /api/v1/reload)")
        .stream()
        .toList();
  }
}
