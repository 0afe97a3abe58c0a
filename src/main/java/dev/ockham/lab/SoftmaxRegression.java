package dev.ockham.lab;

import dev.ockham.learn.AskSigns;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Multinomial logistic regression over dense and hashed inputs, fitted by AdaGrad with an L2
 * penalty in a fixed order, so that the same examples give the same bytes.
 */
final class SoftmaxRegression {
  private static final double RATE = 0.08;
  private static final int ROUNDS = 14;

  /** One example, ready to be read many times. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Example(float[] dense, int[] buckets, float[] values, int kind, double weight) {
    static Example of(AskSigns signs, int kind, double weight) {
      return new Example(signs.dense(), signs.buckets(), signs.values(), kind, weight);
    }
  }

  private final int kinds;
  private final double densePenalty;
  private final double hashedPenalty;

  /** Row by row: one row of as many numbers as there are kinds per dense input, then the bias. */
  final float[] dense;

  final float[] hashed;
  private final float[] denseSquares;
  private final float[] hashedSquares;

  SoftmaxRegression(int denseInputs, int kinds, double densePenalty, double hashedPenalty) {
    this.kinds = kinds;
    this.densePenalty = densePenalty;
    this.hashedPenalty = hashedPenalty;
    dense = new float[(denseInputs + 1) * kinds];
    hashed = new float[AskSigns.BUCKETS * kinds];
    denseSquares = new float[dense.length];
    hashedSquares = new float[hashed.length];
    Arrays.fill(denseSquares, 1e-2f);
    Arrays.fill(hashedSquares, 1e-2f);
  }

  SoftmaxRegression fit(List<Example> examples) {
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
      for (int at : order) {
        step(examples.get(at));
      }
    }
    return this;
  }

  private void step(Example example) {
    double[] error = shares(example);
    error[example.kind] -= 1;
    int bias = dense.length - kinds;
    for (int k = 0; k < kinds; k++) {
      double push = example.weight * error[k];
      move(dense, denseSquares, bias + k, push, 0);
      for (int d = 0; d < example.dense.length; d++) {
        if (example.dense[d] != 0) {
          move(dense, denseSquares, d * kinds + k, push * example.dense[d], densePenalty);
        }
      }
      for (int i = 0; i < example.buckets.length; i++) {
        int at = example.buckets[i] * kinds + k;
        move(hashed, hashedSquares, at, push * example.values[i], hashedPenalty);
      }
    }
  }

  private static void move(float[] weights, float[] squares, int at, double push, double penalty) {
    double gradient = push + penalty * weights[at];
    squares[at] += (float) (gradient * gradient);
    weights[at] -= (float) (RATE * gradient / Math.sqrt(squares[at]));
  }

  /** The probability of each kind. */
  double[] shares(Example example) {
    double[] scores = new double[kinds];
    int bias = dense.length - kinds;
    for (int k = 0; k < kinds; k++) {
      double score = dense[bias + k];
      for (int d = 0; d < example.dense.length; d++) {
        score += example.dense[d] * dense[d * kinds + k];
      }
      for (int i = 0; i < example.buckets.length; i++) {
        score += example.values[i] * hashed[example.buckets[i] * kinds + k];
      }
      scores[k] = score;
    }
    double most = Arrays.stream(scores).max().orElse(0);
    double sum = 0;
    for (int k = 0; k < kinds; k++) {
      scores[k] = Math.exp(scores[k] - most);
      sum += scores[k];
    }
    for (int k = 0; k < kinds; k++) {
      scores[k] /= sum;
    }
    return scores;
  }
}
