package dev.ockham.serve;

import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.BatchWork;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Steps of whoever works on batches, who may block. */
final class BatchSteps {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Loop loop;
  private final BatchWork work;
  private final BatchBooks books;

  BatchSteps(Loop loop, BatchBooks books) {
    this.loop = loop;
    this.work = loop.gateway().store().batchWork();
    this.books = books;
  }

  /** Keeps answers, then closes their books. */
  void close(List<BatchItem.Answered> answers, End undone)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!answers.isEmpty()) {
      List<BatchItem.Answered> kept = List.copyOf(answers);
      get(work.answer(kept));
      get(work.end(books.close(kept, false, undone)));
    }
  }

  /** Takes a step on the event loop. */
  <T> CompletableFuture<T> onLoop(Supplier<Future<T>> step) {
    var done = new CompletableFuture<T>();
    loop.context()
        .runOnContext(go ->
            Future.succeededFuture()
                .compose(then -> step.get())
                .onComplete(result -> {
                  if (result.succeeded()) {
                    done.complete(result.result());
                  } else {
                    done.completeExceptionally(result.cause());
                  }
                }));
    return done;
  }

  /** What a step gives. Blocks. */
  static <T> T get(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
  }
}
