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

  /**
   * e to a power from {@link #NEGLIGIBLE} to 0, to six digits, in a third of the time that the
   * exact one takes: a decision needs hundreds. Splits off the whole powers of two, which are the
   * exponent of the result, and expands the rest as a series.
   */
  static float exp(float power) {
    float binary = power * 1.442695f;
    int whole = (int) (binary - 0.5f);
    float rest = (binary - whole) * 0.6931472f;
    float series =
        1 + rest * (1 + rest * (0.5f + rest * (1f / 6 + rest * (1f / 24 + rest * (1f / 120)))));
    return Float.intBitsToFloat((whole + 127) << 23) * series;
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
      scores[i] = exponent < NEGLIGIBLE ? 0 : exp(exponent);
      sum += scores[i];
    }
    for (int i = from; i < to; i++) {
      scores[i] /= sum;
    }
  }
}
