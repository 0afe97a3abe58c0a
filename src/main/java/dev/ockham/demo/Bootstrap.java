package dev.ockham.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Paired bootstrap: questions are drawn again with replacement, both strategies judged on the same
 * draw, so that what is hard for both does not widen the interval.
 */
final class Bootstrap {
  static final int DRAWS = 1_000;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /** The middle 95 % of the draws. */
  record Interval(double low, double high) {}

  /** Something computed from a sample of question numbers. */
  interface Statistic {
    double of(int[] sample);
  }

  /** The 95 % interval of a statistic over so many questions. */
  static Interval interval(int questions, Statistic statistic, RandomGenerator random) {
    double[] drawn = new double[DRAWS];
    int[] sample = new int[questions];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < questions; i++) {
        sample[i] = random.nextInt(questions);
      }
      drawn[draw] = statistic.of(sample);
    }
    Arrays.sort(drawn);
    int cut = (int) (TAIL * DRAWS);
    return new Interval(drawn[cut], drawn[DRAWS - 1 - cut]);
  }
}
