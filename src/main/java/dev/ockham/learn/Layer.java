package dev.ockham.learn;

/**
 * A linear map with bias, stored input by input so that its loop runs over neighbouring outputs.
 */
final class Layer {
  /** Shares below e to this power, of the greatest one, are not worth computing. */
  private static final float NEGLIGIBLE = -12;

  private final float[] weights;
  private final int inputs;
  private final int outputs;

  /** Rows: one per input, then the bias; each as long as there are outputs. */
  Layer(float[] weights, int outputs) {
    this.weights = weights;
    this.outputs = outputs;
    this.inputs = outputs == 0 ? 0 : weights.length / outputs - 1;
  }

  int inputs() {
    return inputs;
  }

  float[] apply(float[] input) {
    float[] out = new float[outputs];
    System.arraycopy(weights, inputs * outputs, out, 0, outputs);
    for (int i = 0; i < inputs; i++) {
      add(i * outputs, input[i], out);
    }
    return out;
  }

  private void add(int start, float factor, float[] out) {
    float[] w = weights;
    for (int o = 0; o < out.length; o++) {
      out[o] += factor * w[start + o];
    }
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
