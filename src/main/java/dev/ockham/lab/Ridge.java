package dev.ockham.lab;

import java.util.List;

/** Ridge regression with a free bias: solved once by Cholesky for any number of targets. */
final class Ridge {
  private final List<float[]> inputs;
  private final int size;
  private final double[] means;
  private final double[][] factor;

  /** Penalties are per row: {@code penalty × rows} is added to the diagonal. */
  Ridge(List<float[]> inputs, double penalty) {
    this.inputs = inputs;
    this.size = inputs.getFirst().length;
    this.means = new double[size];
    for (float[] input : inputs) {
      for (int i = 0; i < size; i++) {
        means[i] += input[i] / inputs.size();
      }
    }
    double[][] gram = new double[size][size];
    double[] centred = new double[size];
    for (float[] input : inputs) {
      for (int i = 0; i < size; i++) {
        centred[i] = input[i] - means[i];
      }
      for (int i = 0; i < size; i++) {
        double value = centred[i];
        double[] row = gram[i];
        for (int j = 0; j <= i; j++) {
          row[j] += value * centred[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      gram[i][i] += penalty * inputs.size();
    }
    this.factor = cholesky(gram);
  }

  private static double[][] cholesky(double[][] matrix) {
    for (int j = 0; j < matrix.length; j++) {
      for (int i = j; i < matrix.length; i++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
      }
    }
    return matrix;
  }

  /**
   * The layer for these targets (row by row, one column per output): a row per input, then the
   * bias.
   */
  float[] fit(double[][] targets) {
    int outputs = targets[0].length;
    float[] layer = new float[(size + 1) * outputs];
    for (int o = 0; o < outputs; o++) {
      double[] weights = solve(column(targets, o));
      double bias = mean(targets, o);
      for (int i = 0; i < size; i++) {
        layer[i * outputs + o] = (float) weights[i];
        bias -= weights[i] * means[i];
      }
      layer[size * outputs + o] = (float) bias;
    }
    return layer;
  }

  private static double mean(double[][] targets, int column) {
    double sum = 0;
    for (double[] row : targets) {
      sum += row[column];
    }
    return sum / targets.length;
  }

  private double[] column(double[][] targets, int column) {
    double mean = mean(targets, column);
    double[] right = new double[size];
    for (int n = 0; n < targets.length; n++) {
      float[] input = inputs.get(n);
      double target = targets[n][column] - mean;
      for (int i = 0; i < size; i++) {
        right[i] += (input[i] - means[i]) * target;
      }
    }
    return right;
  }

  private double[] solve(double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= factor[i][k] * x[k];
      }
      x[i] /= factor[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        x[i] -= factor[k][i] * x[k];
      }
      x[i] /= factor[i][i];
    }
    return x;
  }
}
