package dev.ockham.testing;

import java.util.concurrent.CountDownLatch;

/** One thing an upstream does on its connection. */
public sealed interface Step {
  /** Writes these bytes, as they are; {@code latin1} holds one byte per character. */
  record Send(String latin1) implements Step {}

  /** Waits for the test. */
  record Await(CountDownLatch gate) implements Step {}

  /** Sends nothing until the peer goes away. */
  record UntilHungUp() implements Step {}

  /** Breaks the connection: the peer sees a reset. */
  record Reset() implements Step {}

  /** Ends the connection in order: the peer sees the end of the stream. */
  record Close() implements Step {}
}
