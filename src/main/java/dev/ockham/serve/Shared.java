package dev.ockham.serve;

import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/** What all event loops of a server have together. */
record Shared(
    Gateway gateway,
    ServerSettings settings,
    ByteBudget memory,
    ExecutorService pool,
    Metrics metrics,
    Followers followers,
    Readiness readiness,
    List<HttpServer> listening) {
  Shared(Gateway gateway, ServerSettings settings, ExecutorService pool) {
    this(
        gateway,
        settings,
        new ByteBudget(settings.bodyBudgetBytes()),
        pool,
        new Metrics(),
        new Followers(),
        new Readiness(gateway.store(), gateway.nanos()),
        new CopyOnWriteArrayList<>());
  }
}
