package dev.ockham.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes the end of the process wait until what it runs has ended in order. */
final class Ending implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().unstarted(this::end);

  Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Blocks until the process is told to end, or this thread is interrupted. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException _) {
      asked.countDown();
    }
  }

  /** Whether the process has been told to end. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  private void end() {
    asked.countDown();
    try {
      var _ = done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything has ended. */
  @Override
  public void close() {
    done.countDown();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending: the hook is running and has just been let go.
    }
  }
}
