package dev.ockham.distil;

import java.util.stream.IntStream;

/**
 * Finds one vector per vocabulary piece so that the weighted mean of a text's piece vectors reproduces the teacher's
 * vector of the text: ridge regression by conjugate gradients on what the starting vectors leave unexplained. Pieces
 * that no text holds keep their starting vectors.
 */
final class TokenRegression {
  private static final double DF_HALF = 0.01;

  private final int[][] pieces;
  private final float[][] shares;
  private final float[] weights;
  private final double ridge;

  TokenRegression(int[][] pieces, int vocabulary, double ridge) {
    this.pieces = pieces;
    this.ridge = ridge;
    this.weights = weights(pieces, vocabulary);
    this.shares = new float[pieces.length][];
    for (int i = 0; i < pieces.length; i++) {
      shares[i] = shares(pieces[i]);
    }
  }

  /** How much a piece counts in a mean: 1/(1 + df/0.01), df the share of texts that hold it. */
  float[] weights() {
    return weights;
  }

  private static float[] weights(int[][] pieces, int vocabulary) {
    int[] texts = new int[vocabulary];
    int[] last = new int[vocabulary];
    for (int i = 0; i < pieces.length; i++) {
      for (int piece : pieces[i]) {
        if (last[piece] != i + 1) {
          last[piece] = i + 1;
          texts[piece]++;
        }
      }
    }
    float[] weights = new float[vocabulary];
    for (int piece = 0; piece < vocabulary; piece++) {
      weights[piece] = (float) (1 / (1 + (double) texts[piece] / pieces.length / DF_HALF));
    }
    return weights;
  }

  float[] shares(int[] text) {
    float[] mine = new float[text.length];
    float sum = 0;
    for (int piece : text) {
      sum += weights[piece];
    }
    for (int t = 0; t < text.length; t++) {
      mine[t] = weights[text[t]] / sum;
    }
    return mine;
  }

  /** Solves one column (dimension) after the other; columns are independent. */
  void fit(float[][] table, float[][] targets, int steps) {
    int dimensions = targets[0].length;
    IntStream.range(0, dimensions).parallel().forEach(d -> fitColumn(table, targets, d, steps));
  }

  private void fitColumn(float[][] table, float[][] targets, int d, int steps) {
    int vocabulary = table.length;
    double[] rest = new double[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      double mean = 0;
      for (int t = 0; t < pieces[i].length; t++) {
        mean += shares[i][t] * table[pieces[i][t]][d];
      }
      rest[i] = targets[i][d] - mean;
    }
    double[] residual = transposed(rest, vocabulary);
    double[] direction = residual.clone();
    double[] change = new double[vocabulary];
    double squared = dot(residual, residual);
    for (int step = 0; step < steps && squared > 1e-12; step++) {
      double[] image = transposed(applied(direction), vocabulary);
      for (int v = 0; v < vocabulary; v++) {
        image[v] += ridge * direction[v];
      }
      double length = squared / dot(direction, image);
      for (int v = 0; v < vocabulary; v++) {
        change[v] += length * direction[v];
        residual[v] -= length * image[v];
      }
      double next = dot(residual, residual);
      for (int v = 0; v < vocabulary; v++) {
        direction[v] = residual[v] + next / squared * direction[v];
      }
      squared = next;
    }
    for (int v = 0; v < vocabulary; v++) {
      table[v][d] += (float) change[v];
    }
  }

  private double[] applied(double[] column) {
    double[] means = new double[pieces.length];
    for (int i = 0; i < means.length; i++) {
      double mean = 0;
      for (int t = 0; t < pieces[i].length; t++) {
        mean += shares[i][t] * column[pieces[i][t]];
      }
      means[i] = mean;
    }
    return means;
  }

  private double[] transposed(double[] perText, int vocabulary) {
    double[] sums = new double[vocabulary];
    for (int i = 0; i < perText.length; i++) {
      for (int t = 0; t < pieces[i].length; t++) {
        sums[pieces[i][t]] += shares[i][t] * perText[i];
      }
    }
    return sums;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
