package dev.ockham.store;

import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Journal;
import dev.ockham.ledger.JournalReader;
import dev.ockham.ledger.Position;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the database: it drains the journal, and runs what others want written
 * in between. A failed write is tried again; meanwhile the journal grows.
 */
final class Writer extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 4_096;
  private static final int QUEUE = 10_000;
  private static final long INTERVAL_MILLIS = 250;
  private static final long RETRY_MILLIS = 1_000;

  private final Connection connection;
  private final Journal journal;
  private final Drain drain;
  private final Chore chore;
  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(QUEUE);
  private JournalReader reader;
  private Position committed;
  private volatile boolean finishing;
  private volatile Optional<String> trouble = Optional.empty();

  /** Something that is written from time to time, such as the deletion of what is too old. */
  interface Chore {
    void run(Connection connection) throws SQLException;
  }

  /** A piece of work for this thread that ends without a result. */
  interface Errand {
    void run(Connection connection) throws SQLException;
  }

  /** A piece of work for this thread. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  Writer(Connection connection, Journal journal, Drain drain, Position committed, Chore chore) {
    super("ockham-store");
    this.connection = connection;
    this.journal = journal;
    this.drain = drain;
    this.committed = committed;
    this.chore = chore;
    reader = journal.reader(committed);
  }

  @Override
  public void run() {
    while (!finishing) {
      Runnable task = await(trouble.isEmpty() ? INTERVAL_MILLIS : RETRY_MILLIS);
      task.run();
      tryDrain();
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    tryDrain();
  }

  /** Runs on this thread. */
  <T> CompletionStage<T> submit(Work<T> work) {
    var result = new CompletableFuture<T>();
    Runnable task =
        () -> {
          try {
            result.complete(work.run(connection));
          } catch (SQLException failed) {
            result.completeExceptionally(new StoreFailure("writing the database", failed));
          } catch (RuntimeException failed) {
            result.completeExceptionally(failed);
          }
        };
    if (finishing || !tasks.offer(task)) {
      result.completeExceptionally(new StoreBusy("the store is closed or overloaded"));
    }
    return result;
  }

  /** Runs on this thread. */
  CompletionStage<Void> submitErrand(Errand errand) {
    return this.<Boolean>submit(
            connection -> {
              errand.run(connection);
              return true;
            })
        .thenAccept(_ -> {});
  }

  /** On this thread: writes everything that is in the journal now. */
  void drainAll() throws SQLException {
    Position target = journal.end();
    while (committed.compareTo(target) < 0) {
      drainOnce();
    }
  }

  Position committed() {
    return committed;
  }

  /** Why the journal is not being drained; empty while it is. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Does what is queued, drains, and ends. */
  void finish() {
    finishing = true;
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

  private Runnable await(long millis) {
    try {
      Runnable task = tasks.poll(millis, TimeUnit.MILLISECONDS);
      return task == null ? () -> {} : task;
    } catch (InterruptedException asked) {
      finishing = true;
      return () -> {};
    }
  }

  private void tryDrain() {
    try {
      drainAll();
      chore.run(connection);
      trouble = Optional.empty();
    } catch (SQLException | RuntimeException failed) {
      if (trouble.isEmpty()) {
        LOG.error("The journal cannot be written into the database; trying again", failed);
      }
      trouble = Optional.of("the database cannot be written: " + failed.getMessage());
      reader = journal.reader(committed);
    }
  }

  private void drainOnce() throws SQLException {
    var batch = new Batch();
    while (batch.entries() < BATCH) {
      Optional<Entry> next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      batch.add(next.get());
    }
    try {
      drain.write(batch, reader.position());
    } catch (SQLException failed) {
      reader = journal.reader(committed);
      throw failed;
    }
    committed = reader.position();
    forgetDrained();
  }

  /** A segment goes only when the rows made of it would survive a power cut. */
  private void forgetDrained() throws SQLException {
    if (!journal.hasForgettable(committed)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = FULL");
      statement.executeUpdate("UPDATE position SET sequence = sequence WHERE id = 1");
      statement.execute("PRAGMA synchronous = NORMAL");
    }
    try {
      journal.forget(committed);
    } catch (IOException failed) {
      LOG.warn("A drained journal segment cannot be deleted", failed);
    }
  }
}
