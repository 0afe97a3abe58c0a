package dev.ockham.serve;

import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** What all event loops of a server have together. */
record Shared(
    Gateway gateway,
    RoutesInForce routes,
    ServerSettings settings,
    ByteBudget memory,
    ExecutorService pool,
    Metrics metrics,
    Followers followers,
    Idempotency idempotency,
    Readiness readiness,
    Reloads reloads,
    Shelter shelter,
    List<Loop> loops,
    List<HttpServer> listening,
    AtomicReference<BatchWorker> batches) {
  static Shared of(
      Gateway gateway, ServerSettings settings, ExecutorService pool, Shelter shelter) {
    var reloads = new Reloads(gateway.reload());
    return new Shared(
        gateway,
        new RoutesInForce(gateway.fleet(), gateway.store(), gateway.clock()),
        settings,
        new ByteBudget(settings.bodyBudgetBytes()),
        pool,
        new Metrics(),
        new Followers(),
        new Idempotency(gateway.nanos()),
        new Readiness(gateway.store(), reloads, gateway.nanos()),
        reloads,
        shelter,
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>(),
        new AtomicReference<>());
  }
}
