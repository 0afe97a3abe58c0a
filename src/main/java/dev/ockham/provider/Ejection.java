package dev.ockham.provider;

import java.time.Duration;

/**
 * How long an outlier is left out: longer each time, and from the beginning once it has been good
 * for a while. Not safe for threads.
 */
final class Ejection {
  static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofMinutes(5);

  private boolean ever;
  private long until;
  private int times;

  void begin(long now) {
    if (ever && now - until > LONGEST.toNanos()) {
      times = 0;
    }
    times++;
    ever = true;
    until = now + Math.min(FIRST.toNanos() * times, LONGEST.toNanos());
  }

  boolean holds(long now) {
    return ever && now - until < 0;
  }
}
