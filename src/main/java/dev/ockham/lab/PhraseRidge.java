package dev.ockham.lab;

import dev.ockham.learn.Features;
import java.util.Arrays;
import java.util.List;

/**
 * A ridge head over words and pairs of words (hashed, each counted once, rare ones weighing more),
 * fitted by conjugate gradients: there are too many inputs to solve for directly.
 */
final class PhraseRidge {
  private static final int ROUNDS = 16;

  private final int[][] rows;
  private final float[] rarity;
  private final double penalty;

  /**
   * @param examples all training rows: how rare a bucket is depends on their texts only
   * @param penalty on squared weights, when a row's inputs have a mean square length of one
   */
  PhraseRidge(List<Example> examples, double penalty) {
    this.penalty = penalty;
    rows = examples.stream().map(e -> e.features.phrases()).toArray(int[][]::new);
    int[] counts = new int[Features.PHRASE_BUCKETS];
    for (int[] row : rows) {
      for (int bucket : row) {
        counts[bucket]++;
      }
    }
    rarity = new float[counts.length];
    double squares = 0;
    for (int b = 0; b < counts.length; b++) {
      rarity[b] = (float) Math.log((1.0 + rows.length) / (1 + counts[b]));
    }
    for (int[] row : rows) {
      for (int bucket : row) {
        squares += (double) rarity[bucket] * rarity[bucket] / row.length / rows.length;
      }
    }
    float scale = (float) (1 / Math.sqrt(Math.max(1e-9, squares)));
    for (int b = 0; b < rarity.length; b++) {
      rarity[b] *= scale;
    }
  }

  /**
   * Weights per bucket and target, rarity included: what is added up at a decision and divided by
   * the root of the number of buckets.
   *
   * @param targets per row
   * @param means of the targets
   * @param learned whether a row is learned from
   */
  float[] fit(double[][] targets, float[] means, boolean[] learned) {
    int width = means.length;
    float[] solution = new float[rarity.length * width];
    float[] residual = new float[solution.length];
    for (int n = 0; n < rows.length; n++) {
      if (learned[n]) {
        float[] off = new float[width];
        for (int t = 0; t < width; t++) {
          off[t] = (float) (targets[n][t] - means[t]);
        }
        spread(rows[n], off, residual);
      }
    }
    float[] direction = residual.clone();
    double[] before = squares(residual, width);
    for (int round = 0; round < ROUNDS; round++) {
      float[] product = times(direction, width, learned);
      double[] step = ratio(before, products(direction, product, width));
      add(solution, direction, step, 1);
      add(residual, product, step, -1);
      double[] after = squares(residual, width);
      double[] keep = ratio(after, before);
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) (residual[i] + keep[i % width] * direction[i]);
      }
      before = after;
    }
    for (int i = 0; i < solution.length; i++) {
      solution[i] *= rarity[i / width];
    }
    return solution;
  }

  private float[] times(float[] weights, int width, boolean[] learned) {
    float[] product = new float[weights.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = (float) (penalty * weights[i]);
    }
    for (int n = 0; n < rows.length; n++) {
      if (learned[n]) {
        spread(rows[n], gather(rows[n], weights, width), product);
      }
    }
    return product;
  }

  private float[] gather(int[] row, float[] weights, int width) {
    float[] sums = new float[width];
    for (int bucket : row) {
      float value = rarity[bucket];
      for (int t = 0; t < width; t++) {
        sums[t] += value * weights[bucket * width + t];
      }
    }
    return scaled(sums, row.length);
  }

  private void spread(int[] row, float[] values, float[] sums) {
    float[] scaled = scaled(values.clone(), row.length);
    for (int bucket : row) {
      float value = rarity[bucket];
      for (int t = 0; t < scaled.length; t++) {
        sums[bucket * scaled.length + t] += value * scaled[t];
      }
    }
  }

  private static float[] scaled(float[] values, int buckets) {
    float factor = (float) (1 / Math.sqrt(Math.max(1, buckets)));
    for (int t = 0; t < values.length; t++) {
      values[t] *= factor;
    }
    return values;
  }

  /** What fitted weights make of a row. */
  double[] apply(int row, float[] fitted, float[] means) {
    float[] sums = new float[means.length];
    for (int bucket : rows[row]) {
      for (int t = 0; t < sums.length; t++) {
        sums[t] += fitted[bucket * sums.length + t];
      }
    }
    scaled(sums, rows[row].length);
    double[] applied = new double[sums.length];
    for (int t = 0; t < sums.length; t++) {
      applied[t] = means[t] + sums[t];
    }
    return applied;
  }

  private static double[] squares(float[] vector, int width) {
    return products(vector, vector, width);
  }

  private static double[] products(float[] a, float[] b, int width) {
    double[] sums = new double[width];
    for (int i = 0; i < a.length; i += width) {
      for (int t = 0; t < width; t++) {
        sums[t] += (double) a[i + t] * b[i + t];
      }
    }
    return sums;
  }

  private static double[] ratio(double[] a, double[] b) {
    double[] ratio = new double[a.length];
    Arrays.setAll(ratio, t -> b[t] <= 1e-30 ? 0 : a[t] / b[t]);
    return ratio;
  }

  private static void add(float[] sum, float[] vector, double[] factors, int sign) {
    int width = factors.length;
    for (int i = 0; i < sum.length; i += width) {
      for (int t = 0; t < width; t++) {
        sum[i + t] += (float) (sign * factors[t] * vector[i + t]);
      }
    }
  }
}
