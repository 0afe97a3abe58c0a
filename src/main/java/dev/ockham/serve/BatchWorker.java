package dev.ockham.serve;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.dialect.BatchResult;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.policy.Caller;
import dev.ockham.provider.ProviderBatches;
import dev.ockham.provider.ProviderBatches.Line;
import dev.ockham.provider.ProviderBatches.Refused;
import dev.ockham.provider.ProviderBatches.Standing;
import dev.ockham.serve.BatchItems.Decided;
import dev.ockham.serve.BatchItems.Decision;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.BatchWork;
import dev.ockham.store.ProviderJob;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
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
  private static final int CLOSED_AT_ONCE = 250;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Loop loop;
  private final Map<String, BatchItems> endpoints;
  private final ProviderBatches providers;
  private final BatchSettings settings;
  private final BatchWork work;
  private final BatchBooks books;
  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Long> nextLook = new HashMap<>();
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
    this.providers = providers;
    this.settings = settings;
    this.work = loop.gateway().store().batchWork();
    this.books = new BatchBooks(loop.gateway());
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
    get(work.resume());
    List<BatchItem.Answered> left = get(work.answered(PORTION));
    while (!left.isEmpty()) {
      get(work.end(books.close(left, true, End.EXPIRED)));
      left = get(work.answered(PORTION));
    }
  }

  /** Whether there is more to do at once. */
  private boolean round() throws InterruptedException, ExecutionException, TimeoutException {
    for (Map.Entry<ProviderJob, Boolean> job : get(work.jobs()).entrySet()) {
      follow(job.getKey(), job.getValue());
    }
    var now = loop.gateway().clock().instant();
    Optional<BatchWork.Portion> next = get(work.next(PORTION, now));
    if (next.isPresent()) {
      serve(next.get());
    }
    get(work.tidy(now));
    return next.isPresent();
  }

  private void serve(BatchWork.Portion portion)
      throws InterruptedException, ExecutionException, TimeoutException {
    BatchItems items = endpoints.get(portion.endpoint());
    Optional<Caller> caller = loop.gateway().store().keys().caller(portion.keyId());
    if (items == null || caller.isEmpty()) {
      // a key that was revoked pays for nothing more
      var ends = new LinkedHashMap<BatchItem.Key, End>();
      portion.items().forEach(item -> ends.put(item.key(), End.CANCELED));
      get(work.end(ends));
      return;
    }
    var alone = new ArrayList<Decided>();
    var together = new LinkedHashMap<Model, List<Decided>>();
    var over = new ArrayList<BatchItem.Answered>();
    for (Decision decision : decisions(items, caller.get(), portion.items())) {
      switch (decision) {
        case Decision.Over(var answer) -> over.add(answer);
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
    close(over, End.ERRORED);
    for (Map.Entry<Model, List<Decided>> each : together.entrySet()) {
      send(items, portion, each.getKey(), each.getValue());
    }
    alone(items, alone);
  }

  private boolean offersBatches(Model model, String endpoint) {
    return settings.providers().contains(model.endpoint().name())
        && !endpoint.equals("/v1/embeddings");
  }

  private List<Decision> decisions(
      BatchItems items, Caller caller, List<BatchItem.Waiting> waiting)
      throws InterruptedException, ExecutionException, TimeoutException {
    var decisions = new ArrayList<Decision>();
    for (int from = 0; from < waiting.size(); from += DECIDED_AT_ONCE) {
      int to = Math.min(waiting.size(), from + DECIDED_AT_ONCE);
      var some = new ArrayList<CompletableFuture<Decision>>();
      for (BatchItem.Waiting item : waiting.subList(from, to)) {
        some.add(onLoop(() -> items.decide(caller, item)));
      }
      for (CompletableFuture<Decision> each : some) {
        decisions.add(get(each));
      }
    }
    return decisions;
  }

  private void alone(BatchItems items, List<Decided> alone)
      throws InterruptedException, ExecutionException, TimeoutException {
    get(work.begin(alone.stream().map(decided -> decided.item().key()).toList()));
    var permits = new Semaphore(settings.atOnce());
    var underWay = new ArrayList<CompletableFuture<Void>>();
    for (Decided decided : alone) {
      permits.acquire();
      if (finishing) {
        break;
      }
      underWay.add(
          onLoop(() -> items.serve(decided))
              .thenCompose(answer ->
                  work.answer(List.of(answer))
                      .thenCompose(kept ->
                          work.end(books.close(List.of(answer), false, End.ERRORED))))
              .whenComplete((done, failed) -> permits.release()));
    }
    // all of them, so that none is under way when what failed is begun anew
    get(CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)));
  }

  private void send(
      BatchItems items, BatchWork.Portion portion, Model model, List<Decided> together)
      throws InterruptedException, ExecutionException, TimeoutException {
    var sent = new ArrayList<BatchItem.Sent>();
    var over = new ArrayList<BatchItem.Answered>();
    for (Decided decided : together) {
      CompletableFuture<Optional<BatchItem.Sent>> held =
          onLoop(() ->
              items
                  .prepare(decided)
                  .map(Optional::of)
                  .recover(no ->
                      items
                          .refused(decided, no)
                          .map(answer -> {
                            over.add(answer);
                            return Optional.empty();
                          })));
      get(held).ifPresent(sent::add);
    }
    close(over, End.ERRORED);
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
    get(work.send(job, sent));
    submit(job, model.endpoint(), sent);
  }

  private void submit(ProviderJob job, Endpoint endpoint, List<BatchItem.Sent> items)
      throws InterruptedException, ExecutionException, TimeoutException {
    var accounts = loop.gateway().store().accounts();
    var lines = new ArrayList<Line>();
    for (BatchItem.Sent item : items) {
      accounts
          .open(item.attempt())
          .filter(open -> open.dispatchedAt().isEmpty())
          .map(OpenAttempt::hold)
          .ifPresent(accounts::dispatched);
      lines.add(new Line(item.attempt().toString(), item.outgoing()));
    }
    var wanted = new ProviderBatches.Job(endpoint, job.id(), job.created(), lines);
    try {
      String name = get(onLoop(() -> providers.send(wanted)));
      get(work.sent(job.sentAs(name)));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Refused no && !no.isPassing()) {
        refuse(job, items, no);
      } else {
        later(job);
        throw failed;
      }
    }
  }

  private void refuse(ProviderJob job, List<BatchItem.Sent> items, Refused no)
      throws InterruptedException, ExecutionException, TimeoutException {
    LOG.warn("a batch was refused by {}: {}", job.provider(), no.status());
    var results = new HashMap<String, BatchResult>();
    for (BatchItem.Sent item : items) {
      String id = item.attempt().toString();
      results.put(id, new BatchResult(id, no.status(), no.body()));
    }
    take(job, items, results, End.ERRORED);
    get(work.over(job));
  }

  /** Goes on with a batch that is at a provider, or may be. */
  private void follow(ProviderJob job, boolean stops)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (loop.now() - nextLook.getOrDefault(job.id(), loop.now()) < 0) {
      return;
    }
    later(job);
    Optional<Model> model = loop.gateway().fleet().get().catalog().find(job.model());
    if (model.isEmpty()) {
      LOG.warn("a batch waits for model {}, which is not configured any more", job.model());
      return;
    }
    Endpoint endpoint = model.get().endpoint();
    if (!job.isSent()) {
      find(job, endpoint);
      return;
    }
    if (stops && stopped.add(job.id())) {
      get(onLoop(() -> providers.cancel(endpoint, job.upstream())));
    }
    if (get(onLoop(() -> providers.look(endpoint, job.upstream())))
        instanceof Standing.Ended(List<String> places)) {
      var results = new HashMap<String, BatchResult>();
      for (String place : places) {
        read(get(onLoop(() -> providers.results(endpoint, place))), results);
      }
      take(job, get(work.items(job)), results, stops ? End.CANCELED : End.EXPIRED);
      get(work.over(job));
      stopped.remove(job.id());
      nextLook.remove(job.id());
    }
  }

  private void later(ProviderJob job) {
    nextLook.put(job.id(), loop.now() + settings.look().toNanos());
  }

  /** A batch of a process that is no more: the provider may have it. */
  private void find(ProviderJob job, Endpoint endpoint)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<BatchItem.Sent> items = get(work.items(job));
    var known = new ArrayList<String>();
    get(work.jobs()).keySet().forEach(other -> known.add(other.upstream()));
    List<Line> lines =
        items.stream()
            .map(item -> new Line(item.attempt().toString(), item.outgoing()))
            .toList();
    var wanted = new ProviderBatches.Job(endpoint, job.id(), job.created(), lines);
    Optional<String> name = get(onLoop(() -> providers.find(wanted, known)));
    if (name.isPresent()) {
      get(work.sent(job.sentAs(name.get())));
    } else {
      submit(job, endpoint, items);
    }
  }

  private static void read(byte[] lines, Map<String, BatchResult> results) {
    int from = 0;
    while (from < lines.length) {
      int to = from;
      while (to < lines.length && lines[to] != '\n') {
        to++;
      }
      if (to > from) {
        BatchResult.read(lines, from, to).ifPresent(line -> results.put(line.customId(), line));
      }
      from = to + 1;
    }
  }

  /** Answers a job's items, each with what the provider made of it. */
  private void take(
      ProviderJob job, List<BatchItem.Sent> items, Map<String, BatchResult> results, End undone)
      throws InterruptedException, ExecutionException, TimeoutException {
    BatchItems at = Objects.requireNonNull(endpoints.get(job.endpoint()));
    Model model = loop.gateway().fleet().get().catalog().find(job.model()).orElseThrow();
    var some = new ArrayList<BatchItem.Answered>();
    for (BatchItem.Sent item : items) {
      var found = Optional.ofNullable(results.get(item.attempt().toString()));
      some.add(at.read(model, item, found));
      if (some.size() == CLOSED_AT_ONCE) {
        close(some, undone);
        some.clear();
      }
    }
    close(some, undone);
  }

  private void close(List<BatchItem.Answered> answers, End undone)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!answers.isEmpty()) {
      List<BatchItem.Answered> kept = List.copyOf(answers);
      get(work.answer(kept));
      get(work.end(books.close(kept, false, undone)));
    }
  }

  private <T> CompletableFuture<T> onLoop(Supplier<Future<T>> step) {
    var done = new CompletableFuture<T>();
    loop.context()
        .runOnContext(go ->
            Future.succeededFuture()
                .compose(then -> step.get())
                .onComplete(
                    result -> {
                      if (result.succeeded()) {
                        done.complete(result.result());
                      } else {
                        done.completeExceptionally(result.cause());
                      }
                    }));
    return done;
  }

  private static <T> T get(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
  }
}
