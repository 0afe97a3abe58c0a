package dev.ockham.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** T2: the pool with dollars. */
final class CostTrack {
  private static final int CURVE_STEPS = 40;
  private static final double DOLLAR = 1e12;

  private final Study study;
  private final Map<String, Figures> byApproach = new LinkedHashMap<>();
  private final Map<String, Single> singles = new LinkedHashMap<>();
  private final Figure least = new Figure();
  private final Figure most = new Figure();

  /** What is measured of one way of choosing. */
  private static final class Figures {
    final Figure aiq = new Figure();
    final Figure own = new Figure();
    final Figure[] curve = new Figure[CURVE_STEPS + 1];
  }

  private record Single(Figure cost, Figure quality) {}

  CostTrack(Study study) {
    this.study = study;
  }

  /** Adds what each way of choosing came to on one seed's test rows. */
  void add(Split split, Map<String, Beliefs> beliefs, Redraws redraws) {
    Wagers wagers = new Wagers(split.testing(), study.models().size());
    least.add(wagers.least() / DOLLAR);
    most.add(wagers.most() / DOLLAR);
    add(wagers, "random_mix", wagers.singleChoices(), redraws);
    beliefs.forEach((name, believed) -> add(wagers, name, wagers.settings(believed), redraws));
    List<CostCurve.Point> points = wagers.singles().points();
    for (int m = 0; m < points.size(); m++) {
      Single single =
          singles.computeIfAbsent(
              study.models().get(m), _ -> new Single(new Figure(), new Figure()));
      single.cost().add(points.get(m).cost() / DOLLAR);
      single.quality().add(points.get(m).quality());
    }
  }

  private void add(Wagers wagers, String name, List<int[]> settings, Redraws redraws) {
    CostCurve curve = wagers.curve(settings);
    double from = wagers.least();
    double to = wagers.most();
    Figures figures = byApproach.computeIfAbsent(name, _ -> new Figures());
    List<int[]> singles = wagers.singleChoices();
    double[][] heights = new double[CURVE_STEPS + 1][redraws.count()];
    int[] draw = new int[1];
    double[] aiq =
        redraws.of(times -> {
          CostCurve drawn = wagers.curve(settings, times);
          if (name.equals(Approaches.ROUTER)) {
            for (int i = 0; i <= CURVE_STEPS; i++) {
              heights[i][draw[0]] = drawn.heightAt(from + (to - from) * i / CURVE_STEPS);
            }
            draw[0]++;
          }
          return aiq(wagers, drawn, singles, times);
        });
    figures.aiq.add(curve.meanHeight(from, to), aiq);
    figures.own.add(curve.ownMeanHeight());
    for (int i = 0; i <= CURVE_STEPS; i++) {
      figures.curve[i] = figures.curve[i] == null ? new Figure() : figures.curve[i];
      double height = curve.heightAt(from + (to - from) * i / CURVE_STEPS);
      if (name.equals(Approaches.ROUTER)) {
        figures.curve[i].add(height, heights[i]);
      } else {
        figures.curve[i].add(height);
      }
    }
  }

  private static double aiq(Wagers wagers, CostCurve drawn, List<int[]> singles, int[] times) {
    double from = Double.MAX_VALUE;
    double to = 0;
    for (CostCurve.Point single : wagers.curve(singles, times).points()) {
      from = Math.min(from, single.cost());
      to = Math.max(to, single.cost());
    }
    return drawn.meanHeight(from, to);
  }

  Figure aiq(String approach) {
    return byApproach.getOrDefault(approach, new Figures()).aiq;
  }

  /** Writes the track. */
  ObjectNode write(ObjectNode parent) {
    ObjectNode node = parent.putObject("pool");
    least.write(node, "cheapest_cost_usd");
    most.write(node, "dearest_cost_usd");
    ObjectNode models = node.putObject("single_models");
    singles.forEach((name, single) -> {
      ObjectNode model = models.putObject(name);
      single.cost().write(model, "cost_usd");
      single.quality().write(model, "quality");
    });
    node.put("cheapest", named(true));
    node.put("best_single", named(false));
    ObjectNode approaches = node.putObject("approaches");
    byApproach.forEach((name, figures) -> {
      ObjectNode approach = approaches.putObject(name);
      figures.aiq.write(approach, "aiq");
      figures.own.write(approach, "routerbench_aiq");
      ArrayNode curve = approach.putArray("curve");
      for (int i = 0; i <= CURVE_STEPS; i++) {
        ObjectNode point = curve.addObject();
        Figure.put(
            point, "cost_usd", least.mean() + (most.mean() - least.mean()) * i / CURVE_STEPS);
        Figure.put(point, "quality", figures.curve[i].mean());
        figures.curve[i].putInterval(point);
      }
    });
    ObjectNode differences = node.putObject("router_minus");
    byApproach.forEach((name, figures) -> {
      if (!name.equals(Approaches.ROUTER)) {
        aiq(Approaches.ROUTER).minus(figures.aiq).write(differences, name);
      }
    });
    return node;
  }

  private String named(boolean cheapest) {
    String found = study.models().getFirst();
    for (Map.Entry<String, Single> entry : singles.entrySet()) {
      Single best = singles.getOrDefault(found, entry.getValue());
      double gain =
          cheapest
              ? best.cost().mean() - entry.getValue().cost().mean()
              : entry.getValue().quality().mean() - best.quality().mean();
      found = gain > 0 ? entry.getKey() : found;
    }
    return found;
  }
}
