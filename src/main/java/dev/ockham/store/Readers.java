package dev.ockham.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads that read the database, each with a connection. Not virtual ones: SQLite's
 * native calls would pin their carriers.
 */
final class Readers implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int QUEUE = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(THREADS);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("ockham-read-", 0).daemon().factory());

  /** A question to the database. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  Readers(Database database) throws SQLException {
    for (int i = 0; i < THREADS; i++) {
      idle.add(database.openReader());
    }
  }

  <T> CompletionStage<T> ask(Question<T> question) {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> answer(question, answer));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(
          new StoreBusy("more than " + QUEUE + " questions wait for the store"));
    }
    return answer;
  }

  private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
    Connection connection = idle.remove();
    try {
      answer.complete(question.ask(connection));
    } catch (SQLException failed) {
      answer.completeExceptionally(new StoreFailure("reading the database", failed));
    } catch (RuntimeException failed) {
      answer.completeExceptionally(failed);
    } finally {
      idle.add(connection);
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
    for (Connection connection : idle) {
      connection.close();
    }
  }
}
