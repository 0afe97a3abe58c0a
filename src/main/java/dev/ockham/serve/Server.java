package dev.ockham.serve;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway: event loops that listen at one address. Starting and stopping block, so they
 * are for the thread that runs the program.
 */
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);

  /** For the endings of what was still under way at the deadline to be sent. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int POOL_QUEUE = 256;
  private static final long MEASURE_MILLIS = 1000;
  private static final long SWEEP_MILLIS = 10_000;
  private static final long AUDIT_MILLIS = 60_000;

  private final Vertx vertx;
  private final Shared shared;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Server(Vertx vertx, Shared shared) {
    this.vertx = vertx;
    this.shared = shared;
  }

  /** Listens, or says why not. */
  public static StartOutcome start(Gateway gateway, ServerSettings settings) {
    return start(gateway, settings, Shelter.ofHeap());
  }

  static StartOutcome start(Gateway gateway, ServerSettings settings, Shelter shelter) {
    Vertx vertx = vertx(settings);
    var server = new Server(vertx, Shared.of(gateway, settings, pool(settings), shelter));
    try {
      server.listen();
      return new StartOutcome.Started(server);
    } catch (ExecutionException e) {
      server.close();
      return notStarted(settings, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      server.close();
      return new StartOutcome.Unbindable(
          settings.host(),
          settings.port(),
          "it took longer than " + START_DEADLINE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.close();
      return new StartOutcome.Unbindable(settings.host(), settings.port(), "interrupted");
    }
  }

  public int port() {
    return shared.listening().getFirst().actualPort();
  }

  /** Where clients reach it, without a path. */
  public String url() {
    boolean tls = shared.gateway().keyring().get().server().isPresent();
    return (tls ? "https://" : "http://") + shared.settings().host() + ":" + port();
  }

  /**
   * Stops in order: not ready, no new connections, and requests under way may end until the
   * deadline. Blocks until all of it is done; a second call does nothing.
   */
  public void stop() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    shared.readiness().drain();
    Duration patience = shared.settings().drain();
    Duration withEndings = patience.plus(FAREWELL);
    vertx.setTimer(Math.max(1, patience.toMillis()), late -> breakOff());
    Future<?> drained =
        Future.join(
            shared.listening().stream().map(listening -> listening.shutdown(withEndings)).toList());
    try {
      finishBatches(patience);
      await(drained, withEndings.plusSeconds(5));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("requests were still under way after {} s", patience.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** What is still under way ends with an error of its dialect, not with a torn connection. */
  private void breakOff() {
    for (Loop loop : shared.loops()) {
      loop.context().runOnContext(now -> loop.attempts().breakOff(Errors.stopping()));
    }
  }

  private void finishBatches(Duration patience) throws InterruptedException {
    Optional<BatchWorker> worker = shared.batches().get();
    if (worker.isPresent()) {
      worker.get().finish(patience);
    }
  }

  private void listen() throws ExecutionException, TimeoutException, InterruptedException {
    var instances = new DeploymentOptions().setInstances(shared.settings().loops());
    await(vertx.deployVerticle(() -> new LoopVerticle(shared), instances), START_DEADLINE);
    vertx.setPeriodic(
        0,
        MEASURE_MILLIS,
        id -> {
          shared.readiness().measure();
          shared.shelter().measure();
        });
    vertx.setPeriodic(SWEEP_MILLIS, id -> shared.readiness().sweep());
    vertx.setPeriodic(AUDIT_MILLIS, id -> shared.readiness().audit());
    gauges();
  }

  private void gauges() {
    var store = shared.gateway().store();
    Metrics metrics = shared.metrics();
    metrics.gauge(
        "ockham.holds.open", "Calls held and not yet settled", store, s -> s.accounts().open());
    metrics.gauge(
        "ockham.memory.held.bytes",
        "What bodies and whole replies under way hold of server.body-budget",
        shared.memory(),
        ByteBudget::held);
    metrics.gauge(
        "ockham.ready", "1 when ready", shared.readiness(), r -> r.obstacles().isEmpty() ? 1 : 0);
    metrics.gauge(
        "ockham.store.lag.seconds",
        "How far the store is behind the journal",
        shared.readiness(),
        r -> r.lag().toNanos() / 1e9);
    metrics.gauge(
        "ockham.shelter.load",
        "Of the heap, what is in use after collections: 0 to 1",
        shared.shelter(),
        Shelter::load);
    metrics.gauge(
        "ockham.shelter.shed",
        "Requests turned away because memory ran short",
        shared.shelter(),
        Shelter::shed);
    metrics.gauge(
        "ockham.config.stale",
        "1 when the last reload was refused, so older settings are in force",
        shared.reloads(),
        r -> r.lastRefused().isPresent() ? 1 : 0);
    metrics.gauge(
        "ockham.config.reloads.taken", "Reloads of the settings", shared.reloads(), Reloads::taken);
    metrics.gauge(
        "ockham.config.reloads.refused",
        "Reloads that changed nothing, because of problems",
        shared.reloads(),
        Reloads::refused);
    metrics.gauge(
        "ockham.ledger.drift",
        "Counters of budgets that had drifted from the ledger, since the start; should be 0",
        shared.readiness(),
        Readiness::drifts);
    metrics.gauge(
        "ockham.followers",
        "Readers of the stream of requests",
        shared.followers(),
        Followers::count);
  }

  private void close() {
    try {
      await(vertx.close(), Duration.ofSeconds(10));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the server did not close in order: {}", Traces.withoutMessages(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shared.pool().shutdownNow();
  }

  private static Vertx vertx(ServerSettings settings) {
    var options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(settings.loops())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return Vertx.builder().with(options).build();
  }

  private static ThreadPoolExecutor pool(ServerSettings settings) {
    return new ThreadPoolExecutor(
        settings.loops(),
        settings.loops(),
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(POOL_QUEUE),
        Thread.ofPlatform().daemon().name("ockham-pool-", 0).factory());
  }

  private static StartOutcome notStarted(ServerSettings settings, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    // the system's words; the class differs between transports
    boolean taken = cause instanceof IOException && message.contains("in use");
    return taken
        ? new StartOutcome.PortTaken(settings.host(), settings.port())
        : new StartOutcome.Unbindable(settings.host(), settings.port(), message);
  }

  private static void await(Future<?> future, Duration deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    var _ =
        future
            .toCompletionStage()
            .toCompletableFuture()
            .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }
}
