package dev.ockham.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what has no event to wait for, up to a deadline. */
public final class Eventually {
  private static final long STEP_NANOS = 2_000_000;

  private Eventually() {}

  /** Waits until the values are equal; fails the test if they do not become so. */
  public static <T> void equal(T expected, Supplier<T> actual, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    T now = actual.get();
    while (!now.equals(expected)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("expected " + expected + " within " + deadline + ", is " + now);
      }
      LockSupport.parkNanos(STEP_NANOS);
      now = actual.get();
    }
  }
}
