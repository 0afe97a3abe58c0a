package dev.ockham.lab;

/**
 * What a way of choosing believes of each test row before any answer is there.
 *
 * @param good per row and model, how good the answer will be
 * @param cost per row and model, pico-dollars; zero where costs are not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Beliefs(double[][] good, double[][] cost) {

  /** Per row the model worth most, when a good answer is worth so many pico-dollars. */
  int[] choices(double value) {
    int[] choices = new int[good.length];
    for (int n = 0; n < choices.length; n++) {
      int best = 0;
      for (int m = 1; m < good[n].length; m++) {
        best = worth(value, n, m) > worth(value, n, best) ? m : best;
      }
      choices[n] = best;
    }
    return choices;
  }

  private double worth(double value, int row, int model) {
    return value * good[row][model] - cost[row][model];
  }

  /** How much better one model will be than another, row by row. */
  double[] gaps(int weak, int strong) {
    double[] gaps = new double[good.length];
    for (int n = 0; n < gaps.length; n++) {
      gaps[n] = good[n][strong] - good[n][weak];
    }
    return gaps;
  }
}
