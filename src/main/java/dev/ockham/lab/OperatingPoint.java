package dev.ockham.lab;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The one setting of the router: what a good answer is worth.
 *
 * @param value pico-dollars
 */
record OperatingPoint(long value) {
  /**
   * How much less often than the best single model the router may be right on training rows it did
   * not see.
   */
  static final double TOLERATED_LOSS = 0.005;

  /** From a hundred-thousandth of a dollar to a fifth of one, in steps of 8 percent. */
  static final List<Double> VALUES =
      IntStream.range(0, 130).mapToObj(i -> 1e7 * Math.pow(1.08, i)).toList();

  /**
   * The setting that costs least on rows whose predictions were made without them, among those that
   * are right as often as this; the most careful one when none is.
   */
  static OperatingPoint choose(Scoreboard board, List<Prediction> predictions, double accuracyBar) {
    double chosen = VALUES.getLast();
    long leastCost = Long.MAX_VALUE;
    for (double value : VALUES) {
      Scoreboard.Score score = board.score(choices(predictions, value));
      if (score.accuracy() >= accuracyBar && score.cost() < leastCost) {
        leastCost = score.cost();
        chosen = value;
      }
    }
    return new OperatingPoint(Math.round(chosen));
  }

  /** What the router does with these predictions. */
  int[] choices(List<Prediction> predictions) {
    return choices(predictions, (double) value);
  }

  private static int[] choices(List<Prediction> predictions, double value) {
    return predictions.stream().mapToInt(prediction -> prediction.choice(value)).toArray();
  }
}
