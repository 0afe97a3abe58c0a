package dev.ockham.lab;

/**
 * What ridge regression needs to know of rows: sums, squares and products. Parts are added up, and
 * a part is taken out again, without looking at the rows a second time: so cross-fitting costs one
 * pass.
 */
final class Moments {
  private final int size;
  private final int targets;
  private double rows;
  private final double[] sums;
  private final double[][] squares;
  private final double[] targetSums;
  private final double[][] products;

  Moments(int size, int targets) {
    this.size = size;
    this.targets = targets;
    this.sums = new double[size];
    this.squares = new double[size][size];
    this.targetSums = new double[targets];
    this.products = new double[size][targets];
  }

  /** Adds one row. */
  void add(float[] input, double[] target) {
    rows++;
    for (int t = 0; t < targets; t++) {
      targetSums[t] += target[t];
    }
    for (int i = 0; i < size; i++) {
      float value = input[i];
      if (value != 0) {
        sums[i] += value;
        addTo(squares[i], value, input, i + 1);
        addTo(products[i], value, target);
      }
    }
  }

  private static void addTo(double[] sum, double factor, float[] values, int count) {
    for (int j = 0; j < count; j++) {
      sum[j] += factor * values[j];
    }
  }

  private static void addTo(double[] sum, double factor, double[] values) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * values[j];
    }
  }

  /** All of this and, {@code sign} times, all of another. */
  Moments plus(Moments other, int sign) {
    Moments both = new Moments(size, targets);
    both.rows = rows + sign * other.rows;
    combine(both.sums, sums, other.sums, sign);
    combine(both.targetSums, targetSums, other.targetSums, sign);
    for (int i = 0; i < size; i++) {
      combine(both.squares[i], squares[i], other.squares[i], sign);
      combine(both.products[i], products[i], other.products[i], sign);
    }
    return both;
  }

  private static void combine(double[] out, double[] one, double[] other, int sign) {
    for (int i = 0; i < out.length; i++) {
      out[i] = one[i] + sign * other[i];
    }
  }

  /** The mean variance of an input. */
  double spread() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double mean = sums[i] / rows;
      sum += squares[i][i] / rows - mean * mean;
    }
    return Math.max(1e-12, sum / size);
  }

  /**
   * The ridge solution for the targets from one number up to another: a row per input, then the
   * bias. The penalty is per row.
   */
  float[] layer(double penalty, int from, int to) {
    double[][] factor = new double[size][];
    for (int i = 0; i < size; i++) {
      factor[i] = new double[size];
      for (int j = 0; j <= i; j++) {
        factor[i][j] = squares[i][j] - sums[i] * sums[j] / rows;
      }
      factor[i][i] += penalty * rows;
    }
    Cholesky.factor(factor);
    int outputs = to - from;
    float[] layer = new float[(size + 1) * outputs];
    for (int o = 0; o < outputs; o++) {
      double[] right = new double[size];
      double mean = targetSums[from + o] / rows;
      for (int i = 0; i < size; i++) {
        right[i] = products[i][from + o] - sums[i] * mean;
      }
      double[] weights = Cholesky.solve(factor, right);
      double bias = mean;
      for (int i = 0; i < size; i++) {
        layer[i * outputs + o] = (float) weights[i];
        bias -= weights[i] * sums[i] / rows;
      }
      layer[size * outputs + o] = (float) bias;
    }
    return layer;
  }

  /**
   * Per input the average of the first targets over the rows that share in it, shrunk towards their
   * means.
   */
  float[] averages(double shrinkage, float[] means) {
    float[] averages = new float[size * means.length];
    for (int i = 0; i < size; i++) {
      for (int t = 0; t < means.length; t++) {
        averages[i * means.length + t] =
            (float) ((products[i][t] + shrinkage * means[t]) / (sums[i] + shrinkage));
      }
    }
    return averages;
  }

  /** The means of the first targets. */
  float[] means(int count) {
    float[] means = new float[count];
    for (int t = 0; t < count; t++) {
      means[t] = (float) (targetSums[t] / rows);
    }
    return means;
  }

  /** How much of all rows each input has. */
  float[] weights() {
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) sums[i];
    }
    return weights;
  }

  /** What a layer makes of an input. */
  static double[] apply(float[] layer, float[] input, int outputs) {
    double[] out = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      out[o] = layer[input.length * outputs + o];
    }
    for (int i = 0; i < input.length; i++) {
      float value = input[i];
      if (value != 0) {
        for (int o = 0; o < outputs; o++) {
          out[o] += value * layer[i * outputs + o];
        }
      }
    }
    return out;
  }
}
