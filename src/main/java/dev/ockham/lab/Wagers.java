package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows with recorded qualities and costs, and what choices would have come to on them. */
final class Wagers {
  private static final int STEPS = 150;

  private final double[][] quality;
  private final double[][] cost;
  private final int models;

  Wagers(List<Example> rows, int models) {
    this.models = models;
    quality = rows.stream().map(row -> row.quality).toArray(double[][]::new);
    cost =
        rows.stream()
            .map(row -> Arrays.stream(row.cost).asDoubleStream().toArray())
            .toArray(double[][]::new);
  }

  int size() {
    return quality.length;
  }

  double quality(int row, int model) {
    return quality[row][model];
  }

  double cost(int row, int model) {
    return cost[row][model];
  }

  /** Mean cost and quality of choices. */
  CostCurve.Point point(int[] choices) {
    double good = 0;
    double spent = 0;
    for (int n = 0; n < choices.length; n++) {
      good += quality[n][choices[n]];
      spent += cost[n][choices[n]];
    }
    return new CostCurve.Point(spent / choices.length, good / choices.length);
  }

  /** As {@link #point(int[])}, each row counted so many times. */
  CostCurve.Point point(int[] choices, int[] times) {
    double good = 0;
    double spent = 0;
    long count = 0;
    for (int n = 0; n < choices.length; n++) {
      good += times[n] * quality[n][choices[n]];
      spent += times[n] * cost[n][choices[n]];
      count += times[n];
    }
    return new CostCurve.Point(spent / count, good / count);
  }

  int[] always(int model) {
    int[] choices = new int[quality.length];
    Arrays.fill(choices, model);
    return choices;
  }

  /** The single models: their hull is what random mixing reaches, the zero router. */
  CostCurve singles() {
    return curve(singleChoices());
  }

  /** The mean cost of the cheapest model. */
  double least() {
    return singles().points().stream().mapToDouble(CostCurve.Point::cost).min().orElse(0);
  }

  /** The mean cost of the dearest model. */
  double most() {
    return singles().points().stream().mapToDouble(CostCurve.Point::cost).max().orElse(0);
  }

  /**
   * What a good answer may be worth, pico-dollars: from nothing and a thousandth of the mean cost
   * of the dearest model to ten thousand times that.
   */
  double[] values() {
    double[] values = new double[STEPS];
    double most = most();
    for (int i = 1; i < STEPS; i++) {
      values[i] = most * 1e-3 * Math.pow(1e7, (i - 1.0) / (STEPS - 2));
    }
    return values;
  }

  /** The choices of all settings; neighbours that choose alike are told once. */
  List<int[]> settings(Beliefs beliefs) {
    List<int[]> settings = new ArrayList<>();
    for (double value : values()) {
      int[] choices = beliefs.choices(value);
      if (settings.isEmpty() || !Arrays.equals(settings.getLast(), choices)) {
        settings.add(choices);
      }
    }
    return settings;
  }

  /** The choices of each single model. */
  List<int[]> singleChoices() {
    List<int[]> settings = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      settings.add(always(m));
    }
    return settings;
  }

  CostCurve curve(List<int[]> settings) {
    return new CostCurve(settings.stream().map(this::point).toList());
  }

  CostCurve curve(List<int[]> settings, int[] times) {
    return new CostCurve(settings.stream().map(choices -> point(choices, times)).toList());
  }

  /** Saved cost in percent, and quality in points, against always asking one model. */
  record Against(double savedPercent, double points) {}

  Against against(int[] choices, int model) {
    return against(point(choices), point(always(model)));
  }

  Against against(int[] choices, int model, int[] times) {
    return against(point(choices, times), point(always(model), times));
  }

  private static Against against(CostCurve.Point chosen, CostCurve.Point single) {
    return new Against(
        100 * (single.cost() - chosen.cost()) / single.cost(),
        100 * (chosen.quality() - single.quality()));
  }

  /**
   * Of the rows that were sent elsewhere the share that the single model would have got right and
   * the chosen one got wrong.
   */
  double catastrophic(int[] choices, int single) {
    int elsewhere = 0;
    int wrong = 0;
    for (int n = 0; n < choices.length; n++) {
      if (choices[n] != single) {
        elsewhere++;
        wrong += quality[n][choices[n]] < 0.5 && quality[n][single] >= 0.5 ? 1 : 0;
      }
    }
    return elsewhere == 0 ? 0 : (double) wrong / elsewhere;
  }
}
