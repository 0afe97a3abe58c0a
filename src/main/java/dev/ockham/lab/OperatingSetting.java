package dev.ockham.lab;

import java.util.List;

/**
 * What a good answer is worth, fixed on training rows whose predictions were made without them: the
 * cheapest setting whose loss against the best single model is tolerable.
 *
 * @param value pico-dollars; infinite: always the best single model
 * @param bestSingle number of the model that was best on the training rows
 */
record OperatingSetting(double value, int bestSingle) {
  /** Tolerated without the confidence margin; as the demo does. */
  private static final double TOLERATED = OperatingPoint.TOLERATED_LOSS;

  /**
   * Chooses the setting.
   *
   * @param margin how many standard errors the difference to the best single model must lie above
   *     the tolerated loss; with a margin nothing is tolerated
   */
  static OperatingSetting choose(List<Example> training, Beliefs unseen, double margin) {
    Wagers wagers = new Wagers(training, training.getFirst().quality.length);
    int best = 0;
    List<CostCurve.Point> singles = wagers.singles().points();
    for (int m = 1; m < singles.size(); m++) {
      best = singles.get(m).quality() > singles.get(best).quality() ? m : best;
    }
    double chosen = Double.POSITIVE_INFINITY;
    double least = singles.get(best).cost();
    for (double value : wagers.values()) {
      int[] choices = unseen.choices(value);
      double cost = wagers.point(choices).cost();
      if (cost < least && lowest(wagers, choices, best, margin) >= (margin > 0 ? 0 : -TOLERATED)) {
        least = cost;
        chosen = value;
      }
    }
    return new OperatingSetting(chosen, best);
  }

  /** The mean difference to the single model, less so many standard errors. */
  private static double lowest(Wagers wagers, int[] choices, int single, double margin) {
    double sum = 0;
    double squares = 0;
    for (int n = 0; n < choices.length; n++) {
      double difference = wagers.quality(n, choices[n]) - wagers.quality(n, single);
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / choices.length;
    double variance = Math.max(0, squares / choices.length - mean * mean);
    return mean - margin * Math.sqrt(variance / choices.length);
  }

  int[] choices(Beliefs beliefs) {
    if (Double.isInfinite(value)) {
      int[] choices = new int[beliefs.good().length];
      java.util.Arrays.fill(choices, bestSingle);
      return choices;
    }
    return beliefs.choices(value);
  }
}
