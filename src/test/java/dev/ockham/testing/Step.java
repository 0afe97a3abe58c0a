package dev.ockham.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One thing an upstream does on its connection. */
public sealed interface Step {
  /** Writes these bytes, as they are; {@code latin1} holds one byte per character. */
  record Send(String latin1) implements Step {}

  /** Waits for the test. */
  record Await(CountDownLatch gate) implements Step {}

  /**
   * Writes the same bytes over and over, with pauses, until the peer goes away.
   *
   * @param told called after each time
   */
  record Repeat(String latin1, int times, Duration pause, Runnable told) implements Step {
    public Repeat(String latin1, int times, Duration pause) {
      this(latin1, times, pause, () -> {});
    }
  }

  /** Sends nothing until the peer goes away. */
  record UntilHungUp() implements Step {}

  /** Breaks the connection: the peer sees a reset. */
  record Reset() implements Step {}

  /** Ends the connection in order: the peer sees the end of the stream. */
  record Close() implements Step {}
}
