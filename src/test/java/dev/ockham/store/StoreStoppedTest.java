package dev.ockham.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.testing.Eventually;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else holds the database's lock, so that nothing can be written, while calls go on. */
final class StoreStoppedTest {
  private static final long PAUSE_NANOS = 2_000_000;

  @TempDir private Path parent;

  @Test
  void calls_go_on_while_the_database_cannot_be_written_and_afterwards_all_of_them_are_in_it()
      throws SQLException {
    stopped(store -> {
      int served = 0;
      for (; served < 10_000; served++) {
        Stores.serve(store);
      }
      return served;
    });
  }

  @Tag("long")
  @Test
  void ten_minutes_of_it() throws SQLException {
    stopped(store -> {
      long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
      int served = 0;
      for (; System.nanoTime() < end; served++) {
        Stores.serve(store);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return served;
    });
  }

  /** What is done meanwhile; gives how many requests were served. */
  private interface Load {
    int run(Store store);
  }

  private void stopped(Load load) throws SQLException {
    Path folder = parent.resolve("data");
    try (Store store = Stores.open(folder)) {
      Stores.get(store.budgets().set(budget()));
      Stores.get(store.drained());
      int served;
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ockham.db"));
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        served = load.run(store);
        lock.execute("ROLLBACK");
      }
      drained(store);
      checkBooks(store, served);
    }
  }

  /** The writer waits for the lock for a while, and then for its next try. */
  private static void drained(Store store) {
    Eventually.equal(
        true,
        () -> store.drained().toCompletableFuture().handle((_, broken) -> broken == null).join(),
        Duration.ofMinutes(2));
  }

  private static void checkBooks(Store store, int served) {
    Totals totals = Stores.get(store.requests().totals("default"));
    assertThat(totals.requests()).isEqualTo(served);
    assertThat(totals.attempts()).isEqualTo(served);
    assertThat(totals.estimated()).isZero();
    assertThat(totals.dollars())
        .isEqualByComparingTo(new BigDecimal("0.00575").multiply(BigDecimal.valueOf(served)));
    assertThat(store.budgets().list().getFirst().spent())
        .isEqualTo(new Money(served * 5_750_000_000L));
    assertThat(Stores.get(store.budgets().audit())).isEmpty();
  }

  private static Budget budget() {
    return new Budget(
        "default",
        Scope.parse("org:default"),
        Money.ofDollars("1000000"),
        Budget.Period.TOTAL,
        ZoneOffset.UTC);
  }
}
