package dev.ockham.lab;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How far a difference between two ways of choosing could be luck: both are scored on the same
 * questions drawn again with replacement.
 */
final class PairedBootstrap {
  private static final int DRAWS = 1_000;

  private PairedBootstrap() {}

  /** The middle 95 percent. */
  public record Interval(double low, double high) {
    private static Interval of(double[] values) {
      Arrays.sort(values);
      return new Interval(
          values[(int) (0.025 * values.length)], values[(int) (0.975 * values.length) - 1]);
    }
  }

  /**
   * The intervals of both differences.
   *
   * @param savedPercent how much less the first cost, in percent of the second
   * @param points how much more often the first was right, in percentage points
   */
  public record Intervals(Interval savedPercent, Interval points) {}

  /** Compares two choices on the same questions. */
  public static Intervals compare(
      Scoreboard board, int[] first, int[] second, RandomGenerator random) {
    List<Scoreboard.Entry> entries = board.entries();
    double[] saved = new double[DRAWS];
    double[] points = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double quality = 0;
      double cost = 0;
      double otherCost = 0;
      for (int i = 0; i < first.length; i++) {
        int n = random.nextInt(first.length);
        Scoreboard.Entry entry = entries.get(n);
        quality += entry.quality().get(first[n]) - entry.quality().get(second[n]);
        cost += entry.cost().get(first[n]);
        otherCost += entry.cost().get(second[n]);
      }
      saved[draw] = 100 * (otherCost - cost) / otherCost;
      points[draw] = 100 * quality / first.length;
    }
    return new Intervals(Interval.of(saved), Interval.of(points));
  }
}
