package dev.ockham.lab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The track of two models (RouteLLM): rows go to the strong model in the order of the expected gap.
 * PGR is the share of the quality gap that is recovered; APGR its mean over all strong shares (101
 * points, trapezoid), 0.5 for a random mix; CPT(p) the smallest strong share at which PGR reaches
 * p.
 */
final class ShareCurve {
  private static final int STEPS = 100;

  private final int[] order;
  private final double[] expected;
  private final double[] gaps;

  /**
   * @param expected the expected gap by row; equals are mixed at random
   * @param gaps strong quality less weak quality, as recorded
   */
  ShareCurve(double[] expected, double[] gaps) {
    this.gaps = gaps;
    this.expected = expected;
    this.order =
        IntStream.range(0, gaps.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer n) -> -expected[n]))
            .mapToInt(n -> n)
            .toArray();
  }

  /** One reading of the curve; all NaN when the strong model is no better. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reading(double[] recovered) {
    double apgr() {
      double sum = (recovered[0] + recovered[STEPS]) / 2;
      for (int i = 1; i < STEPS; i++) {
        sum += recovered[i];
      }
      return sum / STEPS;
    }

    /** The smallest strong share that recovers so much. */
    double shareFor(double recovery) {
      for (int i = 0; i <= STEPS; i++) {
        if (recovered[i] >= recovery) {
          double before = i == 0 ? 0 : recovered[i - 1];
          double step = i == 0 ? 0 : (recovery - before) / (recovered[i] - before);
          return i == 0 ? 0 : (i - 1 + step) / STEPS;
        }
      }
      return Double.NaN;
    }
  }

  Reading read() {
    int[] once = new int[gaps.length];
    Arrays.fill(once, 1);
    return read(once);
  }

  /** With each row counted so many times. */
  Reading read(int[] times) {
    double total = 0;
    long count = 0;
    for (int n = 0; n < gaps.length; n++) {
      total += times[n] * gaps[n];
      count += times[n];
    }
    double[] recovered = new double[STEPS + 1];
    if (total <= 0) {
      Arrays.fill(recovered, Double.NaN);
      return new Reading(recovered);
    }
    double sum = 0;
    double seen = 0;
    int step = 1;
    for (int from = 0; from < order.length; ) {
      int to = endOfEquals(from);
      double gained = 0;
      double rows = 0;
      for (int i = from; i < to; i++) {
        gained += times[order[i]] * gaps[order[i]];
        rows += times[order[i]];
      }
      while (step < STEPS && step * (double) count / STEPS <= seen + rows) {
        double part = (step * (double) count / STEPS - seen) / rows;
        recovered[step++] = (sum + part * gained) / total;
      }
      sum += gained;
      seen += rows;
      from = to;
    }
    recovered[STEPS] = 1;
    return new Reading(recovered);
  }

  private int endOfEquals(int from) {
    int to = from + 1;
    while (to < order.length && expected[order[to]] == expected[order[from]]) {
      to++;
    }
    return to;
  }
}
