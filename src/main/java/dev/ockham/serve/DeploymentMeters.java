package dev.ockham.serve;

import dev.ockham.catalog.Deployment;
import dev.ockham.provider.Balancer;
import dev.ockham.provider.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** How each deployment fares, as Prometheus is told. */
final class DeploymentMeters {
  private final MultiGauge inFlight;
  private final MultiGauge latency;
  private final MultiGauge standing;

  DeploymentMeters(MeterRegistry registry) {
    inFlight =
        MultiGauge.builder("ockham.deployment.in.flight")
            .description("Calls under way at a deployment")
            .register(registry);
    latency =
        MultiGauge.builder("ockham.deployment.first.byte.seconds")
            .description("Until a deployment's answers begin, a moving average")
            .register(registry);
    standing =
        MultiGauge.builder("ockham.deployment.state")
            .description("1 for the state a deployment is in, 0 for the others")
            .register(registry);
  }

  /** Takes what is known now in place of what was. */
  synchronized void show(List<Balancer.State> states) {
    List<Row<?>> calls = new ArrayList<>();
    List<Row<?>> latencies = new ArrayList<>();
    List<Row<?>> standings = new ArrayList<>();
    for (Balancer.State state : states) {
      Tags tags = tags(state.deployment());
      calls.add(Row.of(tags, state.inFlight()));
      latencies.add(Row.of(tags, state.latency().toNanos() / 1e9));
      for (Standing each : Standing.values()) {
        int is = state.standing() == each ? 1 : 0;
        standings.add(Row.of(tags.and("state", each.wireName()), is));
      }
    }
    inFlight.register(calls, true);
    latency.register(latencies, true);
    standing.register(standings, true);
  }

  private static Tags tags(Deployment.Key deployment) {
    return Tags.of(
        "model", deployment.model(),
        "provider", deployment.provider(),
        "name", deployment.name());
  }
}
