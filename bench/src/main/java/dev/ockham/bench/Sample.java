package dev.ockham.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one target did in one scenario of one round: figures by name, times in microseconds. */
record Sample(String target, String scenario, int round, Map<String, Double> figures) {

  static Sample of(String target, Scenario scenario, int round, LoadResult load, long cpuMicros) {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("requests", (double) load.requests());
    figures.put("failures", (double) load.failures());
    figures.put("requests_per_second", load.perSecond());
    figures.put("cpu_us_per_request", (double) cpuMicros / Math.max(1, load.requests()));
    addTimes(figures, "latency", load.latency());
    if (scenario.stream()) {
      figures.put("events", (double) load.events());
      figures.put("cpu_us_per_event", (double) cpuMicros / Math.max(1, load.events()));
      addTimes(figures, "first_event", load.firstEvent());
    }
    return new Sample(target, scenario.name(), round, figures);
  }

  private static void addTimes(Map<String, Double> figures, String name, Histogram times) {
    figures.put(name + "_p50_us", times.getValueAtPercentile(50) / 1e3);
    figures.put(name + "_p99_us", times.getValueAtPercentile(99) / 1e3);
    figures.put(name + "_p999_us", times.getValueAtPercentile(99.9) / 1e3);
  }
}
