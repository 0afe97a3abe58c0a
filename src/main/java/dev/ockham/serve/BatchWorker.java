package dev.ockham.serve;

import dev.ockham.catalog.Model;
import dev.ockham.policy.Caller;
import dev.ockham.provider.ProviderBatches;
import dev.ockham.serve.BatchItems.Decided;
import dev.ockham.serve.BatchItems.Decision;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.BatchWork;
import dev.ockham.store.ProviderJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on batches: takes the items that wait, has each decided on, and has them served alone or
 * sends them to a provider as a batch of its own. A thread that may block; what it has on an event
 * loop is of one loop. Each step is in the store before the next one, so that a worker after it can
 * go on.
 */
final class BatchWorker extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

  /** Items of one batch at a provider, which bounds its file and its results. */
  private static final int PORTION = 1_000;

  private static final int DECIDED_AT_ONCE = 64;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Loop loop;
  private final Map<String, BatchItems> endpoints;
  private final BatchSettings settings;
  private final BatchWork work;
  private final BatchBooks books;
  private final BatchSteps steps;
  private final BatchJobs jobs;

  /** Whether something has to wait, so that it is no use to begin anew at once. */
  private volatile boolean deferred;

  private volatile boolean finishing;

  /**
   * @param endpoints by the paths that items are for
   */
  BatchWorker(
      Loop loop,
      Map<String, BatchItems> endpoints,
      ProviderBatches providers,
      BatchSettings settings) {
    super("ockham-batches");
    setDaemon(true);
    this.loop = loop;
    this.endpoints = Map.copyOf(endpoints);
    this.settings = settings;
    this.work = loop.gateway().store().batchWork();
    this.books = new BatchBooks(loop.gateway());
    this.steps = new BatchSteps(loop, books);
    this.jobs = new BatchJobs(loop, this.endpoints, providers, settings, steps);
  }

  @Override
  public void run() {
    try {
      boolean resumed = false;
      while (!finishing) {
        boolean more = false;
        try {
          if (!resumed) {
            resume();
            resumed = true;
          }
          more = round();
        } catch (ExecutionException | TimeoutException | CompletionException failed) {
          resumed = false;
          LOG.warn("batches wait: {}", Traces.withoutMessages(failed));
        }
        if (!more && !finishing) {
          sleep(PAUSE.toMillis());
        }
      }
    } catch (InterruptedException stop) {
      currentThread().interrupt();
    }
  }

  /** Ends it: what is under way gets so long. Blocks. */
  void finish(Duration patience) throws InterruptedException {
    finishing = true;
    join(Math.max(1, patience.toMillis()));
    interrupt();
  }

  private void resume() throws InterruptedException, ExecutionException, TimeoutException {
    BatchSteps.get(work.resume());
    List<BatchItem.Answered> left = BatchSteps.get(work.answered(PORTION));
    while (!left.isEmpty()) {
      BatchSteps.get(work.end(books.close(left, true, End.EXPIRED)));
      left = BatchSteps.get(work.answered(PORTION));
    }
  }

  /** Whether there is more to do at once. */
  private boolean round() throws InterruptedException, ExecutionException, TimeoutException {
    for (Map.Entry<ProviderJob, Boolean> job : BatchSteps.get(work.jobs()).entrySet()) {
      jobs.follow(job.getKey(), job.getValue());
    }
    var now = loop.gateway().clock().instant();
    Optional<BatchWork.Portion> next = BatchSteps.get(work.next(PORTION, now));
    deferred = false;
    if (next.isPresent()) {
      serve(next.get());
    }
    BatchSteps.get(work.tidy(now));
    return next.isPresent() && !deferred;
  }

  private void serve(BatchWork.Portion portion)
      throws InterruptedException, ExecutionException, TimeoutException {
    BatchItems items = endpoints.get(portion.endpoint());
    Optional<Caller> caller = loop.gateway().store().keys().caller(portion.keyId());
    if (items == null || caller.isEmpty()) {
      // a key that was revoked pays for nothing more
      var ends = new LinkedHashMap<BatchItem.Key, End>();
      portion.items().forEach(item -> ends.put(item.key(), End.CANCELED));
      BatchSteps.get(work.end(ends));
      return;
    }
    var alone = new ArrayList<Decided>();
    var together = new LinkedHashMap<Model, List<Decided>>();
    var over = new ArrayList<BatchItem.Answered>();
    for (Decision decision : decisions(items, caller.get(), portion.items())) {
      switch (decision) {
        case Decision.Over(var answer) -> over.add(answer);
        case Decision.Later _ -> deferred = true;
        case Decision.Planned(Decided decided) -> {
          Model model = decided.plan().first();
          if (offersBatches(model, portion.endpoint())) {
            together.computeIfAbsent(model, none -> new ArrayList<>()).add(decided);
          } else {
            alone.add(decided);
          }
        }
      }
    }
    steps.close(over, End.ERRORED);
    for (Map.Entry<Model, List<Decided>> each : together.entrySet()) {
      send(items, portion, each.getKey(), each.getValue());
    }
    alone(items, alone);
  }

  private boolean offersBatches(Model model, String endpoint) {
    return settings.providers().contains(model.endpoint().name())
        && !endpoint.equals("/v1/embeddings");
  }

  private List<Decision> decisions(BatchItems items, Caller caller, List<BatchItem.Waiting> waiting)
      throws InterruptedException, ExecutionException, TimeoutException {
    var decisions = new ArrayList<Decision>();
    for (int from = 0; from < waiting.size(); from += DECIDED_AT_ONCE) {
      int to = Math.min(waiting.size(), from + DECIDED_AT_ONCE);
      var some = new ArrayList<CompletableFuture<Decision>>();
      for (BatchItem.Waiting item : waiting.subList(from, to)) {
        some.add(steps.onLoop(() -> items.decide(caller, item)));
      }
      for (CompletableFuture<Decision> each : some) {
        decisions.add(BatchSteps.get(each));
      }
    }
    return decisions;
  }

  private void alone(BatchItems items, List<Decided> alone)
      throws InterruptedException, ExecutionException, TimeoutException {
    BatchSteps.get(work.begin(alone.stream().map(decided -> decided.item().key()).toList()));
    var permits = new Semaphore(settings.atOnce());
    var underWay = new ArrayList<CompletableFuture<Void>>();
    for (Decided decided : alone) {
      permits.acquire();
      if (finishing) {
        break;
      }
      underWay.add(
          steps
              .onLoop(() -> items.serve(decided))
              .thenCompose(this::keep)
              .whenComplete((done, failed) -> permits.release()));
    }
    // all of them, so that none is under way when what failed is begun anew
    BatchSteps.get(CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)));
  }

  private CompletionStage<Void> keep(Decision served) {
    return switch (served) {
      case Decision.Over(var answer) ->
          work.answer(List.of(answer))
              .thenCompose(kept -> work.end(books.close(List.of(answer), false, End.ERRORED)));
      case Decision.Later(var key) -> {
        deferred = true;
        yield work.defer(List.of(key));
      }
      case Decision.Planned(var decided) -> work.defer(List.of(decided.item().key()));
    };
  }

  private void send(
      BatchItems items, BatchWork.Portion portion, Model model, List<Decided> together)
      throws InterruptedException, ExecutionException, TimeoutException {
    var sent = new ArrayList<BatchItem.Sent>();
    var over = new ArrayList<BatchItem.Answered>();
    for (Decided decided : together) {
      switch (BatchSteps.get(steps.onLoop(() -> items.prepare(decided)))) {
        case BatchItem.Sent held -> sent.add(held);
        case BatchItem.Answered answer -> over.add(answer);
        case BatchItem.Waiting _, BatchItem.Result _ -> deferred = true;
      }
    }
    steps.close(over, End.ERRORED);
    if (sent.isEmpty()) {
      return;
    }
    var gateway = loop.gateway();
    var job =
        new ProviderJob(
            gateway.store().ids().nextRequest().toString(),
            portion.batch(),
            portion.endpoint(),
            model.endpoint().name(),
            model.id(),
            "",
            gateway.clock().instant());
    BatchSteps.get(work.send(job, sent));
    jobs.submit(job, model.endpoint(), sent);
  }
}
