package dev.ockham.serve;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.dialect.BatchResult;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.provider.ProviderBatches;
import dev.ockham.provider.ProviderBatches.Line;
import dev.ockham.provider.ProviderBatches.Refused;
import dev.ockham.provider.ProviderBatches.Standing;
import dev.ockham.store.BatchItem;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.BatchWork;
import dev.ockham.store.ProviderJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Batches of ours at providers: sent, looked for, followed, and their results taken. */
final class BatchJobs {
  private static final Logger LOG = LoggerFactory.getLogger(BatchJobs.class);
  private static final int CLOSED_AT_ONCE = 250;

  private final Loop loop;
  private final Map<String, BatchItems> endpoints;
  private final ProviderBatches providers;
  private final BatchSettings settings;
  private final BatchWork work;
  private final BatchSteps steps;
  private final Set<String> stopped = new HashSet<>();

  /** What providers call batches that were taken for ours and are not. */
  private final Set<String> strangers = new HashSet<>();

  private final Map<String, Long> nextLook = new HashMap<>();

  BatchJobs(
      Loop loop,
      Map<String, BatchItems> endpoints,
      ProviderBatches providers,
      BatchSettings settings,
      BatchSteps steps) {
    this.loop = loop;
    this.endpoints = endpoints;
    this.providers = providers;
    this.settings = settings;
    this.work = loop.gateway().store().batchWork();
    this.steps = steps;
  }

  /** Sends a batch whose items are held for. */
  void submit(ProviderJob job, Endpoint endpoint, List<BatchItem.Sent> items)
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
      String name = BatchSteps.get(steps.onLoop(() -> providers.send(wanted)));
      BatchSteps.get(work.sent(job.sentAs(name)));
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
    BatchSteps.get(work.over(job));
  }

  /** Goes on with a batch that is at a provider, or may be. */
  void follow(ProviderJob job, boolean stops)
      throws InterruptedException, ExecutionException, TimeoutException {
    Long next = nextLook.get(job.id());
    if (next != null && loop.now() - next < 0) {
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
      BatchSteps.get(steps.onLoop(() -> providers.cancel(endpoint, job.upstream())));
    }
    if (BatchSteps.get(steps.onLoop(() -> providers.look(endpoint, job.upstream())))
        instanceof Standing.Ended(List<String> places)) {
      var results = new HashMap<String, BatchResult>();
      for (String place : places) {
        read(BatchSteps.get(steps.onLoop(() -> providers.results(endpoint, place))), results);
      }
      end(job, results, stops ? End.CANCELED : End.EXPIRED);
    }
  }

  private void end(ProviderJob job, Map<String, BatchResult> results, End undone)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<BatchItem.Sent> items = BatchSteps.get(work.items(job));
    boolean ours =
        results.isEmpty()
            || items.isEmpty()
            || items.stream().anyMatch(item -> results.containsKey(item.attempt().toString()));
    if (!ours) {
      strangers.add(job.upstream());
      BatchSteps.get(work.sent(job.sentAs("")));
      return;
    }
    take(job, items, results, undone);
    BatchSteps.get(work.over(job));
    stopped.remove(job.id());
    nextLook.remove(job.id());
  }

  private void later(ProviderJob job) {
    nextLook.put(job.id(), loop.now() + settings.look().toNanos());
  }

  /** A batch of a process that is no more: the provider may have it. */
  private void find(ProviderJob job, Endpoint endpoint)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<BatchItem.Sent> items = BatchSteps.get(work.items(job));
    var known = new ArrayList<String>(strangers);
    known.addAll(BatchSteps.get(work.names()));
    List<Line> lines =
        items.stream().map(item -> new Line(item.attempt().toString(), item.outgoing())).toList();
    var wanted = new ProviderBatches.Job(endpoint, job.id(), job.created(), lines);
    Optional<String> name = BatchSteps.get(steps.onLoop(() -> providers.find(wanted, known)));
    if (name.isPresent()) {
      BatchSteps.get(work.sent(job.sentAs(name.get())));
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
        steps.close(some, undone);
        some.clear();
      }
    }
    steps.close(some, undone);
  }
}
