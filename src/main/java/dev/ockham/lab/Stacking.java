package dev.ockham.lab;

import java.util.List;

/**
 * How much each view is believed. What is common to all models (how hard an ask is) and what sets
 * them apart (which model it suits) are weighed apart: shares are not negative and are fitted by
 * least squares on predictions that were made without the row they are for, pulled a little towards
 * equal shares.
 *
 * @param common the share of each view in what is common
 * @param specific the share of each view in what sets models apart
 */
record Stacking(List<Double> common, List<Double> specific) {
  private static final double PULL = 0.15;
  private static final int ROUNDS = 400;

  public Stacking {
    common = List.copyOf(common);
    specific = List.copyOf(specific);
  }

  /**
   * Fits the shares.
   *
   * @param views per view, row and model, what the view predicted
   * @param quality per row and model
   */
  static Stacking fit(List<double[][]> views, double[][] quality) {
    return new Stacking(shares(views, quality, true), shares(views, quality, false));
  }

  private static List<Double> shares(List<double[][]> views, double[][] quality, boolean common) {
    int count = views.size();
    double[][] parts = new double[count][];
    for (int v = 0; v < count; v++) {
      parts[v] = part(views.get(v), common);
    }
    double[] target = part(quality, common);
    double[][] gram = new double[count][count];
    double[] right = new double[count];
    double squares = 0;
    for (int v = 0; v < count; v++) {
      for (int u = 0; u < count; u++) {
        gram[v][u] = dot(parts[v], parts[u]);
      }
      right[v] = dot(parts[v], target);
      squares += gram[v][v] / count;
    }
    double pull = PULL * squares + 1e-9;
    for (int v = 0; v < count; v++) {
      gram[v][v] += pull;
      right[v] += pull / count;
    }
    return java.util.Arrays.stream(descend(gram, right)).boxed().toList();
  }

  /** Coordinate descent, no share below zero. */
  private static double[] descend(double[][] gram, double[] right) {
    double[] shares = new double[right.length];
    for (int round = 0; round < ROUNDS; round++) {
      for (int v = 0; v < shares.length; v++) {
        double slope = dot(gram[v], shares) - right[v];
        shares[v] = Math.max(0, shares[v] - slope / gram[v][v]);
      }
    }
    return shares;
  }

  /** The row means, or what each model is above them; either less its mean over all rows. */
  private static double[] part(double[][] values, boolean common) {
    int models = values[0].length;
    double[] part = new double[values.length * models];
    double[] means = new double[models];
    for (int n = 0; n < values.length; n++) {
      double mean = mean(values[n]);
      for (int m = 0; m < models; m++) {
        double value = common ? mean : values[n][m] - mean;
        part[n * models + m] = value;
        means[m] += value / values.length;
      }
    }
    for (int i = 0; i < part.length; i++) {
      part[i] -= means[i % models];
    }
    return part;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Adds one view's table, a number per model in each row, as far as the view is believed. */
  void addWeighed(int view, float[] table, float[] sum, int models) {
    for (int row = 0; row < table.length; row += models) {
      double mean = 0;
      for (int m = 0; m < models; m++) {
        mean += table[row + m] / models;
      }
      for (int m = 0; m < models; m++) {
        sum[row + m] +=
            (float) (specific.get(view) * (table[row + m] - mean) + common.get(view) * mean);
      }
    }
  }

  /** What a model's constant must be, so that an ask of which nothing is known has its mean. */
  double constant(double skill, double meanSkill) {
    double specifics = sum(specific);
    return skill * (1 - specifics) + meanSkill * (specifics - sum(common));
  }

  /** The views of one row, weighed: a number per model. */
  double[] blend(double[][] views, float[] skills) {
    double meanSkill = 0;
    for (float skill : skills) {
      meanSkill += skill / skills.length;
    }
    double[] blended = new double[skills.length];
    for (int m = 0; m < skills.length; m++) {
      blended[m] = constant(skills[m], meanSkill);
    }
    for (int v = 0; v < views.length; v++) {
      double mean = mean(views[v]);
      for (int m = 0; m < skills.length; m++) {
        blended[m] += specific.get(v) * (views[v][m] - mean) + common.get(v) * mean;
      }
    }
    return blended;
  }

  private static double sum(List<Double> shares) {
    return shares.stream().mapToDouble(share -> share).sum();
  }
}
