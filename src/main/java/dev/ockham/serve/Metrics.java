package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.TokenClass;
import dev.ockham.ledger.RequestRecord.Status;
import dev.ockham.ledger.Settlement;
import dev.ockham.provider.Balancer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What Prometheus is told. Labels take few values: dialects, statuses, models of the catalog, token
 * classes. Meters are looked up once and kept, so counting is an addition.
 */
final class Metrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(20),
    Duration.ofSeconds(60),
    Duration.ofMinutes(5)
  };
  private static final double PICOS_PER_DOLLAR = 1e12;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Dialect, Map<Status, Timer>> requests = new EnumMap<>(Dialect.class);
  private final Map<String, ModelMeters> models = new ConcurrentHashMap<>();

  private final DeploymentMeters deployments = new DeploymentMeters(registry);

  Metrics() {
    for (Dialect dialect : Dialect.values()) {
      var byStatus = new EnumMap<Status, Timer>(Status.class);
      requests.put(dialect, byStatus);
      for (Status status : Status.values()) {
        byStatus.put(
            status,
            Timer.builder("ockham.requests")
                .description("Requests by how they ended, and how long they took")
                .tag("dialect", dialect.wireName())
                .tag("status", status.wireName())
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
      }
    }
  }

  /** The meters of one model. */
  private static final class ModelMeters {
    final Map<TokenClass, Counter> tokens = new EnumMap<>(TokenClass.class);
    final Counter cost;
    final Counter estimated;

    ModelMeters(PrometheusMeterRegistry registry, String model) {
      for (TokenClass kind : TokenClass.values()) {
        tokens.put(
            kind,
            Counter.builder("ockham.tokens")
                .description("Tokens settled")
                .tag("model", model)
                .tag("class", kind.wireName())
                .register(registry));
      }
      cost =
          Counter.builder("ockham.cost.usd")
              .description("Dollars settled; for graphs, the ledger is exact")
              .tag("model", model)
              .register(registry);
      estimated =
          Counter.builder("ockham.settlements.estimated")
              .description("Settlements whose tokens the provider did not report")
              .tag("model", model)
              .register(registry);
    }

    void count(TokenClass kind, long more) {
      Counter counter = tokens.get(kind);
      if (counter != null) {
        counter.increment((double) more);
      }
    }
  }

  void ended(Exchange exchange, Status status, long nanos) {
    Map<Status, Timer> byStatus = requests.getOrDefault(exchange.wire.dialect(), Map.of());
    Timer timer = byStatus.get(status);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
    for (Settlement settlement : exchange.settlements) {
      settled(settlement);
    }
  }

  <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(description).register(registry);
  }

  /** The text that Prometheus reads. */
  String scrape(List<Balancer.State> states) {
    deployments.show(states);
    return registry.scrape();
  }

  private void settled(Settlement settlement) {
    ModelMeters meters =
        models.computeIfAbsent(
            settlement.hold().quote().model(), model -> new ModelMeters(registry, model));
    settlement.usage().tokens().forEach((kind, count) -> meters.count(kind, count));
    settlement.total().ifPresent(total -> meters.cost.increment(total.picos() / PICOS_PER_DOLLAR));
    if (settlement.basis().isEstimate()) {
      meters.estimated.increment();
    }
  }
}
