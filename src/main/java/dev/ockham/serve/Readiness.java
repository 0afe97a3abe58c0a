package dev.ockham.serve;

import dev.ockham.ledger.Drift;
import dev.ockham.provider.Balancer;
import dev.ockham.provider.Standing;
import dev.ockham.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this server should be sent requests: it is not draining, the journal takes calls, and the
 * store keeps up with it. Looked at by any loop, measured by one.
 */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration MAX_LAG = Duration.ofSeconds(10);

  private final Store store;
  private final Reloads reloads;
  private final Balancer balancer;
  private final LongSupplier nanos;
  private volatile boolean draining;
  private volatile long askedAt;
  private volatile long lagNanos;
  private volatile boolean waiting;
  private final AtomicLong drifts = new AtomicLong();
  private long sweptAt;

  Readiness(Store store, Reloads reloads, Balancer balancer, LongSupplier nanos) {
    this.store = store;
    this.reloads = reloads;
    this.balancer = balancer;
    this.nanos = nanos;
    this.sweptAt = nanos.getAsLong();
  }

  /** Ends what nobody ended within its lease. By one thread. */
  void sweep() {
    long now = nanos.getAsLong();
    int ended = store.accounts().sweep(Duration.ofNanos(now - sweptAt));
    sweptAt = now;
    if (ended > 0) {
      LOG.error("{} calls were under way for longer than their lease; they were ended", ended);
    }
  }

  /** Compares the budgets' counters with the ledger. */
  void audit() {
    var _ =
        store
            .budgets()
            .audit()
            .whenComplete((found, broken) -> {
              if (broken == null && !found.isEmpty()) {
                drifted(found);
              }
            });
  }

  private void drifted(List<Drift> found) {
    drifts.addAndGet(found.size());
    for (Drift drift : found) {
      LOG.error(
          "ledger drift: {} of {} per {} was {} and is {} by the ledger, which is in force now",
          drift.what(),
          drift.scope(),
          drift.period().wireName(),
          drift.counter(),
          drift.ledger());
    }
  }

  /** Counters that had to be put right since the start. */
  long drifts() {
    return drifts.get();
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
    var notes = new ArrayList<String>();
    reloads
        .lastRefused()
        .ifPresent(refused ->
            notes.add(
                "the last reload of the settings was refused for problems: "
                    + refused.problems().size()
                    + " (they are in the log and in the answer to POST /api/v1/reload)"));
    if (drifts() > 0) {
      notes.add("counters of budgets that had drifted from the ledger: " + drifts() + " (see log)");
    }
    for (Balancer.State state : balancer.states()) {
      if (state.standing() != Standing.CLOSED) {
        notes.add("deployment not called: " + state.describe());
      }
    }
    return notes;
  }
}
