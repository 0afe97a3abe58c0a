package dev.ockham.lab;

/** Solves symmetric positive systems. */
final class Cholesky {
  private Cholesky() {}

  /** Replaces the lower triangle by its factor, in place. */
  static void factor(double[][] matrix) {
    for (int j = 0; j < matrix.length; j++) {
      double[] pivot = matrix[j];
      for (int i = j; i < matrix.length; i++) {
        double[] row = matrix[i];
        double sum = row[j] - dot(row, pivot, j);
        row[j] = i == j ? Math.sqrt(sum) : sum / pivot[j];
      }
    }
  }

  private static double dot(double[] a, double[] b, int count) {
    double even = 0;
    double odd = 0;
    int k = 0;
    for (; k + 1 < count; k += 2) {
      even += a[k] * b[k];
      odd += a[k + 1] * b[k + 1];
    }
    return k < count ? even + odd + a[k] * b[k] : even + odd;
  }

  /** The solution for one right side. */
  static double[] solve(double[][] factor, double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - dot(factor[i], x, i)) / factor[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= factor[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= factor[i][k] * x[i];
      }
    }
    return x;
  }
}
