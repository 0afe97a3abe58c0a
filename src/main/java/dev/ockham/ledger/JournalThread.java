package dev.ockham.ledger;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Forces a journal to disk on an interval and keeps its next segment ready. */
final class JournalThread extends Thread {
  /** Filling half a disk with zeros over and over would not make it less full. */
  private static final long RETRY_NANOS = 500_000_000L;

  private final Journal journal;
  private final long intervalNanos;
  private volatile boolean finished;

  JournalThread(Journal journal, Duration interval) {
    super("ockham-journal");
    this.journal = journal;
    this.intervalNanos = interval.toNanos();
    setDaemon(true);
  }

  @Override
  public void run() {
    while (!finished) {
      boolean done = journal.tend();
      LockSupport.parkNanos(this, done ? intervalNanos : Math.max(intervalNanos, RETRY_NANOS));
    }
  }

  void wake() {
    LockSupport.unpark(this);
  }

  void finish() {
    finished = true;
    wake();
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException asked) {
        interrupted = true;
      }
    }
    if (interrupted) {
      currentThread().interrupt();
    }
  }
}
