package dev.ockham.learn;

/** A linear map with bias, stored input by input. */
final class Layer {
  /** Shares below e to this power, of the greatest one, are not worth computing. */
  private static final float NEGLIGIBLE = -12;

  private final Rows weights;
  private final int inputs;

  /** Rows: one per input, then the bias; each as long as there are outputs. */
  Layer(float[] weights, int outputs) {
    this.weights = new Rows(weights, outputs);
    this.inputs = this.weights.count() - 1;
  }

  int inputs() {
    return inputs;
  }

  float[] apply(float[] input) {
    float[] out = weights.copyOf(inputs);
    weights.addTo(out, input, inputs);
    return out;
  }

  /** Turns scores into shares that sum to 1. */
  static void softmax(float[] scores, int from, int to, float sharpness) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, scores[i]);
    }
    float sum = 0;
    for (int i = from; i < to; i++) {
      float exponent = sharpness * (scores[i] - most);
      scores[i] = exponent < NEGLIGIBLE ? 0 : (float) Math.exp(exponent);
      sum += scores[i];
    }
    for (int i = from; i < to; i++) {
      scores[i] /= sum;
    }
  }
}
