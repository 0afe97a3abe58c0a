package dev.ockham.demo;

import dev.ockham.demo.Exchange.Answered;
import dev.ockham.demo.Exchange.Failed;
import dev.ockham.demo.RunningGateway.Outcome;
import dev.ockham.store.Totals;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The main job end to end: held-out questions go to the gateway over HTTP, it sends each to a model
 * of the fleet, and the answers are judged and counted against the recordings. The gateway stays up
 * until this is closed.
 */
public final class Demo implements AutoCloseable {
  private static final long BOOTSTRAP_SEED = 20_260_101;

  private final Vertx vertx;
  private final DemoData data;
  private final RecordedFleet fleet;
  private final RunningGateway gateway;
  private final DemoSettings settings;

  private Demo(
      Vertx vertx,
      DemoData data,
      RecordedFleet fleet,
      RunningGateway gateway,
      DemoSettings settings) {
    this.vertx = vertx;
    this.data = data;
    this.fleet = fleet;
    this.gateway = gateway;
    this.settings = settings;
  }

  /** Starts the fleet and the gateway. Blocks. */
  public static DemoOpening open(DemoSettings settings) {
    DemoData data = DemoData.read(settings.questions());
    Vertx vertx = Vertx.vertx();
    RecordedFleet fleet =
        RecordedFleet.start(vertx, data.models(), data.questions(), Pace.BRISK, settings.random())
            .await();
    Outcome outcome =
        RunningGateway.start(
            Lineup.of(
                data, fleet.members(), Lineup.scorer(), data.training().dollarsPerGoodAnswer()),
            Lineup.keyring(fleet.members()),
            settings);
    return switch (outcome) {
      case Outcome.Running running ->
          new DemoOpening.Opened(new Demo(vertx, data, fleet, running.gateway(), settings));
      case Outcome.NotRunning not -> {
        vertx.close().await();
        yield new DemoOpening.NotOpened(not.problem());
      }
    };
  }

  /**
   * Asks all questions and counts up. Blocks.
   *
   * @param progress told how many have been sent
   */
  public DemoRun run(IntConsumer progress) throws InterruptedException {
    List<Exchange> exchanges;
    try (var client = new Client(gateway.address(), gateway.clientKey(), settings.nanos())) {
      exchanges = Interview.of(data.questions(), client, progress);
    }
    var answers = new ArrayList<Answered>();
    for (Exchange exchange : exchanges) {
      switch (exchange) {
        case Answered answered when answered.asRecorded() -> answers.add(answered);
        case Answered altered -> {
          return new DemoRun.Failed(
              "%s, asked %s, was answered by %s in other words than recorded"
                  .formatted(describe(altered), altered.manner(), altered.model()));
        }
        case Failed failed -> {
          return new DemoRun.Failed(
              "%s, asked %s, got no answer: %s"
                  .formatted(describe(failed), failed.manner(), failed.problem()));
        }
      }
    }
    return counted(answers);
  }

  /** Where a browser finds the requests and why each went where it did. */
  public String page() {
    return gateway.page();
  }

  @Override
  public void close() {
    gateway.close();
    vertx.close().await();
  }

  private DemoRun counted(List<Answered> answers) {
    try {
      Receipts.write(settings.folder(), answers);
    } catch (IOException e) {
      throw new UncheckedIOException("the receipts could not be written", e);
    }
    Totals totals = gateway.totals();
    if (totals.requests() != answers.size() || totals.attempts() != fleet.served()) {
      return new DemoRun.Failed(
          "the ledger has %d requests and %d calls, the clients got %d answers of %d calls"
              .formatted(totals.requests(), totals.attempts(), answers.size(), fleet.served()));
    }
    long ledgerPicos = totals.dollars().movePointRight(12).longValueExact();
    return new DemoRun.Finished(
        Figures.of(
            answers,
            ledgerPicos,
            data.training(),
            data.tariffs(),
            new SplittableRandom(BOOTSTRAP_SEED)));
  }

  private static String describe(Exchange exchange) {
    return "question " + exchange.question().id();
  }
}
