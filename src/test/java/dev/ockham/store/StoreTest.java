package dev.ockham.store;

import static dev.ockham.store.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetRefusal;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.Samples;
import dev.ockham.policy.Scope;
import dev.ockham.store.StoredAttempt.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {
  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("data");
  }

  @Test
  void a_request_comes_back_with_its_decision_attempts_and_price_lines() {
    try (Store store = Stores.open(folder())) {
      RequestId id = Stores.serve(store);

      StoredRequest stored = get(store.requests().byId("default", id)).orElseThrow();

      assertThat(stored.record()).isEqualTo(Samples.record(id, stored.record().at(), "gpt-mid"));
      assertThat(stored.attempts()).hasSize(1);
      StoredAttempt attempt = stored.attempts().getFirst();
      assertThat(attempt.state()).isEqualTo(State.SETTLED);
      assertThat(attempt.usage()).isEqualTo(Usage.of(900, 350));
      assertThat(attempt.price()).isEqualTo(Samples.PRICE);
      assertThat(attempt.cost().lines())
          .extracting(Price.Line::picosPerToken)
          .containsExactly(2_500_000L, 10_000_000L);
      assertThat(stored.cost()).contains(Money.ofDollars("0.00575"));
    }
  }

  @Test
  void a_request_of_another_organisation_does_not_exist() {
    try (Store store = Stores.open(folder())) {
      RequestId id = Stores.serve(store);
      assertThat(get(store.requests().byId("other", id))).isEmpty();
    }
  }

  @Test
  void pages_go_from_the_newest_to_the_oldest_without_gaps() {
    try (Store store = Stores.open(folder())) {
      List<RequestId> made = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        made.addFirst(Stores.serve(store));
      }
      List<RequestId> seen = new ArrayList<>();
      Optional<RequestId> next = Optional.empty();
      do {
        var query =
            new RequestQuery(10, next, Optional.of("gpt-mid"), Optional.empty(), Optional.empty());
        RequestPage page = get(store.requests().page("default", query));
        page.requests().forEach(request -> seen.add(request.record().id()));
        next = page.next();
      } while (next.isPresent());
      assertThat(seen).isEqualTo(made);
    }
  }

  @Test
  void pages_can_be_narrowed_by_model_route_and_time() {
    try (Store store = Stores.open(folder())) {
      Stores.serve(store);
      assertThat(count(store, Optional.of("other"), Optional.empty(), Optional.empty())).isZero();
      assertThat(count(store, Optional.empty(), Optional.of("everyday"), Optional.empty()))
          .isEqualTo(1);
      Instant later = Instant.now().plusSeconds(60);
      assertThat(count(store, Optional.empty(), Optional.empty(), Optional.of(later))).isZero();
      Instant earlier = later.minusSeconds(120);
      assertThat(count(store, Optional.empty(), Optional.empty(), Optional.of(earlier)))
          .isEqualTo(1);
    }
  }

  private static int count(
      Store store, Optional<String> model, Optional<String> route, Optional<Instant> since) {
    var query = new RequestQuery(10, Optional.empty(), model, route, since);
    return get(store.requests().page("default", query)).requests().size();
  }

  @Test
  void totals_are_exact_and_survive_a_restart() {
    try (Store store = Stores.open(folder())) {
      for (int i = 0; i < 1_000; i++) {
        Stores.serve(store);
      }
    }
    try (Store store = Stores.open(folder())) {
      Totals totals = get(store.requests().totals("default"));
      assertThat(totals.requests()).isEqualTo(1_000);
      assertThat(totals.attempts()).isEqualTo(1_000);
      assertThat(totals.dollars()).isEqualByComparingTo(new BigDecimal("5.75"));
    }
  }

  @Test
  void what_a_dead_process_left_open_is_voided_or_settled_as_estimated() throws Exception {
    RequestId reserved;
    RequestId dispatched;
    try (Store store = Stores.open(folder())) {
      reserved = store.ids().nextRequest();
      Stores.hold(store, reserved);
      dispatched = store.ids().nextRequest();
      store.accounts().dispatched(Stores.hold(store, dispatched));
      get(store.drained());
    }
    for (int start = 0; start < 2; start++) {
      try (Store store = Stores.open(folder())) {
        get(store.drained());
        assertThat(store.accounts().open()).isZero();
        Totals totals = get(store.requests().totals("default"));
        assertThat(totals.attempts()).isEqualTo(1);
        assertThat(totals.estimated()).isEqualTo(1);
        assertThat(totals.voided()).isEqualTo(1);
        // 1,000 tokens in and the expected 100 out.
        assertThat(totals.dollars()).isEqualByComparingTo("0.0035");
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database())) {
      List<StoredAttempt> attempts = new AttemptRows(connection).of(dispatched);
      assertThat(attempts)
          .extracting(StoredAttempt::state)
          .containsExactly(State.SETTLED_ESTIMATED);
      assertThat(attempts.getFirst().basis()).contains(Basis.RECOVERED);
      assertThat(new AttemptRows(connection).of(reserved))
          .extracting(StoredAttempt::state)
          .containsExactly(State.VOIDED);
    }
  }

  private Path database() {
    return folder().resolve("ockham.db");
  }

  @Test
  void a_budget_counts_what_was_spent_before_it_was_set_and_after_a_restart() {
    var budget =
        new Budget(
            "default",
            Scope.parse("key:k1"),
            Money.ofDollars("0.02"),
            Budget.Period.MONTH,
            ZoneOffset.UTC);
    try (Store store = Stores.open(folder())) {
      Stores.serve(store);
      Hold running = Stores.hold(store, store.ids().nextRequest());
      get(store.budgets().set(budget));
      BudgetStanding standing = store.budgets().list().getFirst();
      assertThat(standing.spent()).isEqualTo(Money.ofDollars("0.00575"));
      assertThat(standing.held()).isEqualTo(Money.ofDollars("0.0065"));
      store.accounts().release(running, "not needed");
      Stores.serve(store);
    }
    try (Store store = Stores.open(folder())) {
      assertThat(store.budgets().list().getFirst().spent()).isEqualTo(Money.ofDollars("0.0115"));
      Stores.serve(store);
      HoldOutcome refused =
          Stores.ask(store, store.ids().nextRequest(), Samples.caller("k1"), Samples.PRICE);
      assertThat(refused).isInstanceOf(HoldOutcome.Refused.class);
      BudgetRefusal why = ((HoldOutcome.Refused) refused).why();
      assertThat(why.describe()).contains("key:k1", "$0.02", "$0.01725", "$0.0065");
      assertThat(get(store.budgets().remove("default", budget.scope(), budget.period()))).isTrue();
      Stores.serve(store);
    }
  }

  @Test
  void an_unknown_price_is_counted_as_unknown_and_refused_under_a_budget() {
    try (Store store = Stores.open(folder())) {
      var held =
          (HoldOutcome.Held)
              Stores.ask(
                  store, store.ids().nextRequest(), Samples.caller("k1"), new Price.Unknown());
      store.accounts().dispatched(held.hold());
      assertThat(store.accounts().settle(held.hold(), Usage.of(5, 5), Basis.REPORTED).total())
          .isEmpty();
      Totals totals = get(store.requests().totals("default"));
      assertThat(totals.unpriced()).isEqualTo(1);
      assertThat(totals.dollars()).isEqualByComparingTo("0");
      get(
          store
              .budgets()
              .set(
                  new Budget(
                      "default",
                      Scope.parse("team:claims"),
                      Money.ofDollars("10"),
                      Budget.Period.TOTAL,
                      ZoneOffset.UTC)));
      var refused =
          (HoldOutcome.Refused)
              Stores.ask(
                  store, store.ids().nextRequest(), Samples.caller("k1"), new Price.Unknown());
      assertThat(refused.why().describe()).contains("no price is known for gpt-mid");
    }
  }

  @Test
  void a_drain_that_fails_half_way_is_done_again_and_doubles_nothing() throws SQLException {
    try (Store store = Stores.open(folder())) {
      Stores.serve(store);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement statement = other.createStatement()) {
        get(store.drained());
        statement.execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON position BEGIN SELECT RAISE(ABORT, 'no'); END");
        RequestId id = Stores.serve(store);
        assertThatThrownBy(() -> get(store.drained())).hasMessageContaining("no");
        statement.execute("DROP TRIGGER broken");
        assertThat(get(store.requests().byId("default", id)).orElseThrow().attempts()).hasSize(1);
        assertThat(get(store.requests().totals("default")).dollars())
            .isEqualByComparingTo("0.0115");
      }
    }
  }

  @Test
  void drained_segments_are_deleted_and_nothing_is_lost() throws IOException {
    try (Store store = Stores.open(folder())) {
      for (int i = 0; i < 300; i++) {
        Stores.serve(store);
        if (i % 20 == 0) {
          store.journal().rotate();
          get(store.drained());
        }
      }
      get(store.drained());
      assertThat(get(store.requests().totals("default")).attempts()).isEqualTo(300);
      try (Stream<Path> files = Files.list(folder().resolve("journal"))) {
        assertThat(files.count()).isLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void feature_vectors_go_when_their_time_has_passed_and_the_rest_stays() {
    RequestId id;
    try (Store store = Stores.open(folder())) {
      id = Stores.serve(store);
      assertThat(get(store.requests().byId("default", id)).orElseThrow().record().why().features())
          .isPresent();
    }
    var aMonthLater =
        new StoreSettings(
            folder(),
            () -> Instant.now().plus(Duration.ofDays(31)),
            new java.security.SecureRandom(),
            Optional.of(Duration.ofDays(30)),
            Duration.ofMillis(10),
            1 << 20,
            _ -> false);
    try (Store store = Stores.open(aMonthLater)) {
      get(store.drained());
      get(store.drained());
      StoredRequest stored = get(store.requests().byId("default", id)).orElseThrow();
      assertThat(stored.record().why().features()).isEmpty();
      assertThat(stored.record().why().candidates()).hasSize(13);
    }
  }

  @Test
  void no_feature_vector_is_stored_when_they_are_not_to_be_kept() {
    try (Store store = Stores.open(Stores.settings(folder()).withFeaturesKept(Optional.empty()))) {
      RequestId id = Stores.serve(store);
      assertThat(get(store.requests().byId("default", id)).orElseThrow().record().why().features())
          .isEmpty();
    }
  }

  @Test
  void a_second_process_is_told_which_one_has_the_folder() {
    try (Store store = Stores.open(folder())) {
      assertThat(store.trouble()).isEmpty();
      StoreOpening second = Store.open(Stores.settings(folder()));
      assertThat(second).isInstanceOf(StoreOpening.Locked.class);
      assertThat(((StoreOpening.Locked) second).describe())
          .contains(Long.toString(ProcessHandle.current().pid()), "Stop that process");
    }
    Stores.open(folder()).close();
  }

  @Test
  void a_newer_format_is_refused_by_name() throws SQLException {
    Stores.open(folder()).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    StoreOpening opening = Store.open(Stores.settings(folder()));
    assertThat(opening).isInstanceOf(StoreOpening.TooNew.class);
    assertThat(((StoreOpening.TooNew) opening).describe()).contains("format 99");
  }

  @Test
  void a_file_that_is_no_database_is_reported_not_thrown() throws IOException {
    Stores.open(folder()).close();
    Files.writeString(database(), "no database at all, just some words, long enough for a header");
    StoreOpening opening = Store.open(Stores.settings(folder()));
    assertThat(opening).isInstanceOf(StoreOpening.Unusable.class);
    assertThat(((StoreOpening.Unusable) opening).describe()).contains("not a database");
  }

  @Test
  void nobody_else_can_read_the_folder() throws IOException {
    try (Store store = Stores.open(folder())) {
      Stores.serve(store);
      get(store.drained());
      assertThat(mode(folder())).isEqualTo("rwx------");
      try (Stream<Path> files = Files.walk(folder())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(mode(file)).as("%s", file).isEqualTo("rw-------");
        }
      }
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void opening_on_an_event_loop_is_refused() {
    StoreSettings settings = Stores.settings(folder());
    var onLoop =
        new StoreSettings(
            settings.folder(),
            settings.clock(),
            settings.random(),
            settings.featuresKept(),
            settings.syncInterval(),
            settings.journalSegment(),
            _ -> true);
    assertThatThrownBy(() -> Store.open(onLoop)).hasMessageContaining("event loop");
  }
}
