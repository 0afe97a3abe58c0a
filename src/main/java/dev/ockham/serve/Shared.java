package dev.ockham.serve;

import dev.ockham.provider.Balancer;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    Balancer balancer,
    Readiness readiness,
    Reloads reloads,
    Shelter shelter,
    List<Loop> loops,
    List<HttpServer> listening,
    AtomicReference<Optional<BatchWorker>> batches) {
  static Shared of(
      Gateway gateway, ServerSettings settings, ExecutorService pool, Shelter shelter) {
    var reloads = new Reloads(gateway.reload());
    // no secret hangs on it
    var random = new Random(gateway.nanos().getAsLong());
    var balancer = new Balancer(gateway.keyring(), gateway.nanos(), random::nextDouble);
    return new Shared(
        gateway,
        new RoutesInForce(gateway.fleet(), gateway.store(), gateway.clock()),
        settings,
        new ByteBudget(settings.bodyBudgetBytes()),
        pool,
        new Metrics(),
        new Followers(),
        new Idempotency(gateway.nanos()),
        balancer,
        new Readiness(gateway.store(), reloads, balancer, gateway.nanos()),
        reloads,
        shelter,
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>(),
        new AtomicReference<>(Optional.empty()));
  }
}
