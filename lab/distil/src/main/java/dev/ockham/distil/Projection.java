package dev.ockham.distil;

import java.util.stream.IntStream;

/** Principal components: the directions along which text vectors differ most. */
final class Projection {
  private static final int ROUNDS = 60;

  private final double[] mean;
  private final double[][] components;

  private Projection(double[] mean, double[][] components) {
    this.mean = mean;
    this.components = components;
  }

  /** Finds the first components by subspace iteration, from a fixed start, so that it always finds the same. */
  static Projection of(float[][] vectors, int size) {
    int dimensions = vectors[0].length;
    double[] mean = new double[dimensions];
    for (float[] vector : vectors) {
      for (int d = 0; d < dimensions; d++) {
        mean[d] += (double) vector[d] / vectors.length;
      }
    }
    double[][] covariance = covariance(vectors, mean);
    double[][] basis = new double[size][dimensions];
    java.util.Random random = new java.util.Random(1);
    for (double[] row : basis) {
      for (int d = 0; d < dimensions; d++) {
        row[d] = random.nextGaussian();
      }
    }
    orthonormalise(basis);
    for (int round = 0; round < ROUNDS; round++) {
      double[][] current = basis;
      double[][] next = new double[size][];
      IntStream.range(0, size).parallel().forEach(c -> next[c] = times(covariance, current[c]));
      orthonormalise(next);
      basis = next;
    }
    return new Projection(mean, basis);
  }

  /** A centred vector's coordinates. */
  float[] apply(float[] vector) {
    float[] out = new float[components.length];
    for (int c = 0; c < out.length; c++) {
      double sum = 0;
      for (int d = 0; d < vector.length; d++) {
        sum += components[c][d] * (vector[d] - mean[d]);
      }
      out[c] = (float) sum;
    }
    return out;
  }

  private static double[][] covariance(float[][] vectors, double[] mean) {
    int dimensions = mean.length;
    double[][] covariance = new double[dimensions][dimensions];
    IntStream.range(0, dimensions).parallel().forEach(a -> {
      double[] row = covariance[a];
      for (float[] vector : vectors) {
        double value = vector[a] - mean[a];
        for (int b = 0; b < dimensions; b++) {
          row[b] += value * (vector[b] - mean[b]);
        }
      }
    });
    return covariance;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] out = new double[vector.length];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int j = 0; j < vector.length; j++) {
        sum += matrix[i][j] * vector[j];
      }
      out[i] = sum;
    }
    return out;
  }

  private static void orthonormalise(double[][] basis) {
    for (int i = 0; i < basis.length; i++) {
      for (int j = 0; j < i; j++) {
        double dot = dot(basis[i], basis[j]);
        for (int d = 0; d < basis[i].length; d++) {
          basis[i][d] -= dot * basis[j][d];
        }
      }
      double norm = Math.sqrt(dot(basis[i], basis[i]));
      for (int d = 0; d < basis[i].length; d++) {
        basis[i][d] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
