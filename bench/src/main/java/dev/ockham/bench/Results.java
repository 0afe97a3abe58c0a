package dev.ockham.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All samples of a run, and what is said about a target as a whole. */
final class Results {
  static final String DIRECT = "direct";
  static final String FLOOR = "nginx";

  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Map<String, Spread>> processes = new LinkedHashMap<>();

  void add(Sample sample) {
    samples.add(sample);
  }

  /** Keeps figures of a process: {@code ready_ms}, {@code resident_idle_mib}, … */
  void addProcess(String target, String figure, List<Double> values) {
    processes.computeIfAbsent(target, name -> new TreeMap<>()).put(figure, Spread.of(values));
  }

  Optional<Spread> process(String target, String figure) {
    return Optional.ofNullable(processes.getOrDefault(target, Map.of()).get(figure));
  }

  Optional<Spread> figure(String target, String scenario, String figure) {
    return spread(byRound(target, scenario, figure).values());
  }

  /** Figure of a target divided by the floor's, round by round. */
  Optional<Spread> ratio(String target, String scenario, String figure) {
    return ratio(target, scenario, FLOOR, scenario, figure);
  }

  /** Figure of a target in a scenario divided by another's in its own, round by round. */
  Optional<Spread> ratio(
      String target, String scenario, String other, String otherScenario, String figure) {
    var floor = byRound(other, otherScenario, figure);
    var ratios = new ArrayList<Double>();
    byRound(target, scenario, figure)
        .forEach((round, value) -> ratios.add(value / floor.getOrDefault(round, Double.NaN)));
    return spread(ratios);
  }

  /** Figure of a target minus that of the upstream without a proxy, round by round. */
  Optional<Spread> added(String target, String scenario, String figure) {
    var direct = byRound(DIRECT, scenario, figure);
    var added = new ArrayList<Double>();
    byRound(target, scenario, figure)
        .forEach((round, value) -> added.add(value - direct.getOrDefault(round, Double.NaN)));
    return spread(added);
  }

  double failures() {
    return samples.stream().mapToDouble(sample -> sample.figures().get("failures")).sum();
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  Map<String, Map<String, Spread>> processes() {
    return processes;
  }

  private static Optional<Spread> spread(java.util.Collection<Double> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  private Map<Integer, Double> byRound(String target, String scenario, String figure) {
    var values = new TreeMap<Integer, Double>();
    for (Sample sample : samples) {
      boolean wanted = sample.target().equals(target) && sample.scenario().equals(scenario);
      if (wanted && sample.figures().containsKey(figure)) {
        values.put(sample.round(), sample.figures().get(figure));
      }
    }
    return values;
  }
}
