package dev.ockham.demo;

import dev.ockham.demo.Exchange.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/** Sends many questions, so many of them at a time, and keeps the order of the answers. */
final class Interview {
  static final int IN_FLIGHT = 16;

  private Interview() {}

  /**
   * Asks all questions, the four manners of asking taking turns.
   *
   * @param progress told after every question how many are still to be collected
   */
  static List<Exchange> of(List<Question> questions, Client client, IntConsumer progress)
      throws InterruptedException {
    var room = new Semaphore(IN_FLIGHT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Exchange>> pending = new ArrayList<>();
      for (int turn = 0; turn < questions.size(); turn++) {
        Question question = questions.get(turn);
        Manner manner = Manner.ofTurn(turn);
        room.acquire();
        pending.add(threads.submit(() -> ask(client, question, manner, room)));
        progress.accept(turn + 1);
      }
      return collect(pending);
    }
  }

  private static Exchange ask(Client client, Question question, Manner manner, Semaphore room)
      throws InterruptedException {
    try {
      return client.ask(question, manner);
    } finally {
      room.release();
    }
  }

  private static List<Exchange> collect(List<Future<Exchange>> pending)
      throws InterruptedException {
    List<Exchange> exchanges = new ArrayList<>();
    for (Future<Exchange> future : pending) {
      try {
        exchanges.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a question could not be asked", e.getCause());
      }
    }
    return exchanges;
  }
}
