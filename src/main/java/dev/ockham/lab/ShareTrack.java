package dev.ockham.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** T1: two models, by the share of rows that go to the strong one. */
final class ShareTrack {
  private static final int CURVE_STEP = 5;

  private final Study study;
  private final Map<String, Figures> byApproach = new LinkedHashMap<>();
  private final Figure weakQuality = new Figure();
  private final Figure strongQuality = new Figure();

  /** What is measured of one way of choosing. */
  private static final class Figures {
    final Figure apgr = new Figure();
    final Figure half = new Figure();
    final Figure most = new Figure();
    final Figure[] curve = new Figure[100 / CURVE_STEP + 1];
  }

  ShareTrack(Study study) {
    this.study = study;
  }

  /** What the test rows' gaps are. */
  static double[] gaps(Study study, Split split) {
    return split.testing().stream()
        .mapToDouble(row -> row.quality[study.strong()] - row.quality[study.weak()])
        .toArray();
  }

  /** Adds what each way of choosing came to on one seed's test rows. */
  void add(Split split, Map<String, Beliefs> beliefs, Redraws redraws) {
    double[] gaps = gaps(study, split);
    beliefs.forEach((name, believed) -> {
      ShareCurve curve = new ShareCurve(believed.gaps(study.weak(), study.strong()), gaps);
      ShareCurve.Reading reading = curve.read();
      Figures figures = byApproach.computeIfAbsent(name, _ -> new Figures());
      figures.apgr.add(reading.apgr(), redraws.of(times -> curve.read(times).apgr()));
      figures.half.add(reading.shareFor(0.5));
      figures.most.add(reading.shareFor(0.8));
      for (int i = 0; i < figures.curve.length; i++) {
        figures.curve[i] = figures.curve[i] == null ? new Figure() : figures.curve[i];
        figures.curve[i].add(reading.recovered()[i * CURVE_STEP]);
      }
    });
    weakQuality.add(mean(split, study.weak()));
    strongQuality.add(mean(split, study.strong()));
  }

  private static double mean(Split split, int model) {
    return split.testing().stream().mapToDouble(row -> row.quality[model]).average().orElse(0);
  }

  Figure apgr(String approach) {
    return byApproach.getOrDefault(approach, new Figures()).apgr;
  }

  /** Writes the track. */
  void write(ObjectNode parent) {
    ObjectNode node = parent.putObject("two_models");
    node.put("weak", study.models().get(study.weak()));
    node.put("strong", study.models().get(study.strong()));
    weakQuality.write(node, "weak_quality");
    strongQuality.write(node, "strong_quality");
    ObjectNode approaches = node.putObject("approaches");
    ObjectNode mix = approaches.putObject("random_mix");
    fixed(mix, "apgr", 0.5);
    fixed(mix, "cpt50", 0.5);
    fixed(mix, "cpt80", 0.8);
    byApproach.forEach((name, figures) -> {
      ObjectNode approach = approaches.putObject(name);
      figures.apgr.write(approach, "apgr");
      figures.half.write(approach, "cpt50");
      figures.most.write(approach, "cpt80");
      ArrayNode curve = approach.putArray("curve");
      for (int i = 0; i < figures.curve.length; i++) {
        ObjectNode point = curve.addObject().put("strong_share", i * CURVE_STEP / 100.0);
        Figure.put(point, "recovered", figures.curve[i].mean());
      }
    });
    ObjectNode differences = node.putObject("router_minus");
    byApproach.forEach((name, figures) -> {
      if (!name.equals(Approaches.ROUTER)) {
        apgr(Approaches.ROUTER).minus(figures.apgr).write(differences, name);
      }
    });
  }

  private static void fixed(ObjectNode node, String name, double value) {
    node.putObject(name).put("mean", value);
  }
}
