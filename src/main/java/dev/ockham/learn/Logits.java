package dev.ockham.learn;

/** Probabilities as logits and back. */
final class Logits {
  private Logits() {}

  static double of(double probability) {
    return Math.log(probability / (1 - probability));
  }

  static double toProbability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
