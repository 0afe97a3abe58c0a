package dev.ockham.serve;

import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.stream.Collectors;

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
      tell(arrival, 200, TEXT, "ready\n" + lines(readiness.notes()));
    } else {
      tell(arrival, 503, TEXT, "not ready\n" + lines(obstacles) + lines(readiness.notes()));
    }
  }

  void metrics(Arrival arrival) {
    loop.elsewhere(() -> loop.metrics().scrape(loop.balancer().states()))
        .onSuccess(text -> tell(arrival, 200, PROMETHEUS, text))
        .onFailure(busy -> tell(arrival, 503, TEXT, "busy\n"));
  }

  private static String lines(List<String> texts) {
    return texts.stream().map(text -> text + "\n").collect(Collectors.joining());
  }

  private static void tell(Arrival arrival, int status, String type, String text) {
    var response = arrival.http().response();
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
    var _ = response.end(text);
  }
}
