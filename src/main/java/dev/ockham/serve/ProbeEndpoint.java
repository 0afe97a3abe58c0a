package dev.ockham.serve;

import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** Liveness, readiness and metrics: for probes, without a key, and without anybody's data. */
final class ProbeEndpoint {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Loop loop;
  private final Readiness readiness;

  ProbeEndpoint(Loop loop, Readiness readiness) {
    this.loop = loop;
    this.readiness = readiness;
  }

  /** That this answers is the answer. */
  void live(Arrival arrival) {
    tell(arrival, 200, TEXT, "live\n");
  }

  void ready(Arrival arrival) {
    List<String> obstacles = readiness.obstacles();
    if (obstacles.isEmpty()) {
      tell(arrival, 200, TEXT, "ready\n");
    } else {
      tell(arrival, 503, TEXT, "not ready\n" + String.join("\n", obstacles) + "\n");
    }
  }

  void metrics(Arrival arrival) {
    loop.elsewhere(() -> loop.metrics().scrape())
        .onSuccess(text -> tell(arrival, 200, PROMETHEUS, text))
        .onFailure(busy -> tell(arrival, 503, TEXT, "busy\n"));
  }

  private static void tell(Arrival arrival, int status, String type, String text) {
    var response = arrival.http().response();
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
    var _ = response.end(text);
  }
}
