package dev.ockham.lab;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Test rows drawn again with replacement, the same way for whatever is measured on them. */
record Redraws(int rows, int seed, int count) {
  /** A drawing for every interval that is printed. */
  static final int DRAWS = 1_000;

  /** A figure on each drawing; it is told how often each row was drawn. */
  double[] of(ToDoubleFunction<int[]> figure) {
    SplittableRandom random = new SplittableRandom(7_000 + seed);
    double[] values = new double[count];
    for (int draw = 0; draw < count; draw++) {
      int[] times = new int[rows];
      for (int i = 0; i < rows; i++) {
        times[random.nextInt(rows)]++;
      }
      values[draw] = figure.applyAsDouble(times);
    }
    return values;
  }
}
