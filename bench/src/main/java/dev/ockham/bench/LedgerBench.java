package dev.ockham.bench;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Checkpoint;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.HoldRequest;
import dev.ockham.ledger.Ids;
import dev.ockham.ledger.Journal;
import dev.ockham.ledger.JournalOpening;
import dev.ockham.ledger.JournalSettings;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.ledger.Position;
import dev.ockham.ledger.Quote;
import dev.ockham.ledger.Settlement;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hold, dispatch and settle against six strict budgets, each step in a journal on disk. What has
 * been settled is forgotten from time to time, as the drain does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class LedgerBench {
  private static final Usage WORST =
      new Usage(Map.of(TokenClass.INPUT, 400L, TokenClass.OUTPUT, 256L));
  private static final Usage USED =
      new Usage(Map.of(TokenClass.INPUT, 210L, TokenClass.OUTPUT, 72L));
  private static final List<Scope> SCOPES =
      Stream.of(
              "org:default",
              "team:bench",
              "project:bench",
              "user:bench",
              "key:bench",
              "model:mock-1")
          .map(Scope::parse)
          .toList();
  private static final int FORGET_EVERY = 20_000;

  private final Clock clock = Clock.systemUTC();
  private final Ids ids = new Ids(clock, RandomGenerator.of("L64X128MixRandom"), 1);
  private final Caller caller =
      new Caller("default", "bench", "bench", Caller.Role.CLIENT, SCOPES, Set.of());
  private final Quote quote =
      new Quote(
          "mock-1",
          "mock",
          new Price.Listed("mock", Map.of(TokenClass.INPUT, 150_000L, TokenClass.OUTPUT, 600_000L)),
          WORST,
          USED);
  private final Path folder;
  private final Journal journal;
  private final Accounts accounts;
  private int sinceForgotten;

  public LedgerBench() {
    try {
      folder = Files.createTempDirectory("ockham-bench");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    var settings = new JournalSettings(folder, 16 << 20, Duration.ofMillis(50));
    journal =
        switch (Journal.open(settings, Position.START)) {
          case JournalOpening.Opened(Journal opened) -> opened;
          case JournalOpening other -> throw new IllegalStateException(other.toString());
        };
    var budgets =
        SCOPES.stream()
            .map(scope ->
                new Budget("default", scope, dollars(1_000_000), Budget.Period.DAY, ZoneOffset.UTC))
            .toList();
    accounts = Accounts.recover(journal, clock, new Blank(), budgets);
  }

  @Setup
  public void check() {
    if (!accounts.admits()) {
      throw new IllegalStateException("the journal admits nothing: " + journal.trouble());
    }
  }

  @Benchmark
  public Settlement holdDispatchSettle() throws IOException {
    if (++sinceForgotten == FORGET_EVERY) {
      sinceForgotten = 0;
      journal.forget(journal.end());
    }
    var request = new HoldRequest(ids.nextRequest(), ids.nextAttempt(), caller, quote);
    HoldOutcome outcome = accounts.hold(request).toCompletableFuture().join();
    if (!(outcome instanceof HoldOutcome.Held(Hold hold, _))) {
      throw new IllegalStateException(outcome.toString());
    }
    accounts.dispatched(hold);
    return accounts.settle(hold, USED, Basis.REPORTED);
  }

  @TearDown
  public void delete() throws IOException {
    journal.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Money dollars(long dollars) {
    return new Money(dollars * 1_000_000_000_000L);
  }

  /** Books in which nothing happened yet. */
  private static final class Blank implements Checkpoint {
    @Override
    public Position position() {
      return Position.START;
    }

    @Override
    public List<OpenAttempt> open() {
      return List.of();
    }

    @Override
    public Map<Scope, Long> spent(String organisation, Scope scope, Budget.Span span) {
      return Map.of();
    }

    @Override
    public List<PastCost> latestCosts(int most) {
      return List.of();
    }

    @Override
    public long latestMicros() {
      return 0;
    }
  }
}
