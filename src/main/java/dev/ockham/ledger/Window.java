package dev.ockham.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was counted in the last minute, by seconds. Whole seconds are kept, one more than sixty, so
 * that no minute sees more than the limit. Its owner's lock guards it.
 */
final class Window {
  private static final int SECONDS = 61;

  private final long[] bySecond = new long[SECONDS];
  private long second;
  private long sum;

  /** In the minute before this instant. */
  long used(Instant now) {
    moveTo(now.getEpochSecond());
    return Math.max(0, sum);
  }

  /**
   * @param amount less than zero to take back what was counted too much
   */
  void add(Instant now, long amount) {
    moveTo(now.getEpochSecond());
    bySecond[index(second)] += amount;
    sum += amount;
  }

  /** How long until no more than this is left of what was counted so far. */
  Duration untilAtMost(Instant now, long left) {
    moveTo(now.getEpochSecond());
    long rest = sum;
    int seconds = 0;
    while (rest > left && seconds < SECONDS) {
      seconds++;
      rest -= bySecond[index(second + seconds)];
    }
    return Duration.ofSeconds(Math.max(1, seconds));
  }

  private void moveTo(long now) {
    if (now - second >= SECONDS) {
      Arrays.fill(bySecond, 0);
      sum = 0;
      second = now;
    }
    while (second < now) {
      second++;
      sum -= bySecond[index(second)];
      bySecond[index(second)] = 0;
    }
  }

  private static int index(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
