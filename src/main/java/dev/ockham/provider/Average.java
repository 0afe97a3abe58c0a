package dev.ockham.provider;

/** An exponentially weighted moving average; not safe for threads. */
final class Average {
  private final double weight;
  private double value;
  private int samples;

  /**
   * @param weight of the newest sample, in (0, 1]
   */
  Average(double weight) {
    this.weight = weight;
  }

  void add(double sample) {
    value = samples == 0 ? sample : value + weight * (sample - value);
    samples++;
  }

  /** Zero before the first sample. */
  double value() {
    return value;
  }

  int samples() {
    return samples;
  }

  /** Counts samples anew; the value stays until the next one. */
  void countAnew() {
    samples = Math.min(samples, 1);
  }
}
