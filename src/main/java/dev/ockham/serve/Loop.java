package dev.ockham.serve;

import dev.ockham.provider.Attempts;
import dev.ockham.provider.Balancer;
import dev.ockham.provider.Retries;
import dev.ockham.store.StoreBusy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What one event loop works with.
 *
 * @param gateway shared by all loops, like the routes and the last six
 * @param memory for bodies and replies
 * @param pool bounded: for what would hold up the loop
 */
record Loop(
    Context context,
    Gateway gateway,
    RoutesInForce routes,
    Attempts attempts,
    Retries retries,
    BodyReader bodies,
    KeyReader keys,
    ByteBudget memory,
    ExecutorService pool,
    Metrics metrics,
    Followers followers,
    Idempotency idempotency,
    Shelter shelter,
    Balancer balancer) {

  private static final int MANY_BYTES = 256 * 1024;
  private static final Duration STORE = Duration.ofSeconds(5);

  long now() {
    return gateway.nanos().getAsLong();
  }

  /** Does work on bytes: at once, or on the pool where there are many, so that others go on. */
  <T> Future<T> heavy(int bytes, Supplier<T> work) {
    return bytes > MANY_BYTES ? elsewhere(work) : Future.succeededFuture(work.get());
  }

  /** Does work on the pool and comes back to the loop with its result. */
  <T> Future<T> elsewhere(Supplier<T> work) {
    Promise<T> done = Promise.promise();
    try {
      pool.execute(() -> {
        T result;
        try {
          result = work.get();
        } catch (Throwable bug) { // an Error too, or its client would wait for ever
          context.runOnContext(back -> done.fail(bug));
          return;
        }
        context.runOnContext(back -> done.complete(result));
      });
    } catch (RejectedExecutionException full) {
      return Future.failedFuture(Refusal.retryLater(Errors.busy("long requests"), "1"));
    }
    return done.future();
  }

  /** Comes back to the loop with the store's answer; a client waits for it only so long. */
  <T> Future<T> stored(CompletionStage<T> stage) {
    return await(stage)
        .timeout(STORE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(why -> Future.failedFuture(isBusy(why) ? tooBusy() : why));
  }

  private static boolean isBusy(Throwable why) {
    Throwable cause = why instanceof CompletionException ? why.getCause() : why;
    return cause instanceof StoreBusy || cause instanceof TimeoutException;
  }

  private static Refusal tooBusy() {
    return Refusal.retryLater(Errors.busy("its store"), "1");
  }

  /** Comes back to the loop after a while. */
  Future<Void> after(Duration wait) {
    Promise<Void> over = Promise.promise();
    // a timer may be early by less than its unit
    context.owner().setTimer(wait.toMillis() + 1, id -> over.complete());
    return over.future();
  }

  /** Comes back to the loop when something that happens elsewhere is complete. */
  <T> Future<T> await(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, context);
  }
}
