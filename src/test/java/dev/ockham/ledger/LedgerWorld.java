package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One run of {@link LedgerSimulationTest}. */
final class LedgerWorld {
  private static final int SEGMENT = JournalSettings.SMALLEST_SEGMENT;

  private static final List<Budget.Period> PERIODS = List.of(Budget.Period.values());

  private final RandomGenerator random;
  private final MemoryDisk disk = new MemoryDisk();
  private final RowsInMemory rows = new RowsInMemory();
  private final Ids ids;
  private final List<Budget> budgets = new ArrayList<>();

  /** What callers were told, by attempt; a kill must not take any of it back. */
  private final Map<AttemptId, Entry> told = new LinkedHashMap<>();

  private final Map<AttemptId, Hold> held = new LinkedHashMap<>();
  private final Set<AttemptId> dispatched = new HashSet<>();
  private Instant now = Samples.NOON;
  private Journal journal;
  private JournalReader drain;
  private Accounts accounts;
  private int settled;

  LedgerWorld(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    ids = new Ids(() -> now, random, 7);
    for (String scope : List.of("org:default", "key:k0", "key:k1")) {
      if (random.nextInt(4) > 0) {
        budgets.add(budget(scope));
      }
    }
    open();
  }

  int settled() {
    return settled;
  }

  void step() {
    try {
      if (random.nextInt(40) == 0) {
        disk.killAfter(random.nextInt(1_200));
      }
      act(random.nextInt(100));
      checkStandings();
    } catch (MemoryDisk.Killed killed) {
      restart();
    }
  }

  private void act(int dice) {
    if (dice < 30) {
      hold();
    } else if (dice < 50) {
      dispatch();
    } else if (dice < 70) {
      settle();
    } else if (dice < 76) {
      release();
    } else if (dice < 86) {
      journal.tend();
    } else if (dice < 92) {
      drain(random.nextInt(30));
      checkSpent(endedSoFar());
    } else if (dice < 95) {
      passTime();
    } else if (dice == 95) {
      disk.full(random.nextBoolean());
    } else if (dice == 96) {
      cutPower();
    } else if (dice == 97) {
      changeBudgets();
    } else if (dice == 98) {
      journal.rotate();
    } else {
      restart();
    }
  }

  /** Kills the process, wherever it is, and starts it again; sometimes that is killed as well. */
  void restart() {
    while (true) {
      disk.revive();
      if (random.nextInt(3) == 0) {
        disk.killAfter(random.nextInt(600));
      }
      try {
        open();
        disk.killAfter(Long.MAX_VALUE);
        checkBooks();
        return;
      } catch (MemoryDisk.Killed again) {
        assertThat(again).as("killed while starting").isNotNull();
      }
    }
  }

  private void open() {
    disk.full(false);
    var opening = Journal.open(disk, SEGMENT, rows.position());
    assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
    journal = ((JournalOpening.Opened) opening).journal();
    accounts = Accounts.recover(journal, () -> now, rows.checkpoint(), budgets);
    drain = journal.reader(rows.position());
    held.clear();
    dispatched.clear();
  }

  private void hold() {
    String key = "k" + random.nextInt(3);
    Caller caller = Samples.caller(key);
    Price price =
        switch (random.nextInt(8)) {
          case 0 -> new Price.Free();
          case 1 -> new Price.Unknown();
          default ->
              new Price.Listed(
                  "v" + random.nextInt(3),
                  Map.of(
                      TokenClass.INPUT, random.nextLong(5_000_000),
                      TokenClass.OUTPUT, random.nextLong(75_000_000)));
        };
    long input = random.nextLong(1, 20_000);
    Quote quote = Samples.quote(price, input, random.nextLong(1, 4_000));
    var request = new HoldRequest(ids.nextRequest(), ids.nextAttempt(), caller, quote);
    switch (accounts.hold(request).toCompletableFuture().join()) {
      case HoldOutcome.Held(Hold hold, _) -> {
        held.put(hold.attempt(), hold);
        told.put(hold.attempt(), new Entry.Reserved(hold));
      }
      case HoldOutcome.Refused(BudgetRefusal why) -> assertThat(why.describe()).isNotEmpty();
      case HoldOutcome.Unavailable unavailable ->
          assertThat(journal.admits()).as(unavailable.why()).isFalse();
      case HoldOutcome.AwaitLease _ -> throw new AssertionError("one node has no leases");
    }
  }

  private void dispatch() {
    any()
        .filter(hold -> !dispatched.contains(hold.attempt()))
        .ifPresent(hold -> {
          accounts.dispatched(hold);
          dispatched.add(hold.attempt());
          told.put(hold.attempt(), new Entry.Dispatched(hold.attempt(), now));
        });
  }

  private void settle() {
    any()
        .filter(hold -> dispatched.contains(hold.attempt()))
        .ifPresent(hold -> {
          Usage worst = hold.quote().worstCase();
          Usage used =
              random.nextInt(10) == 0
                  ? Usage.ABSENT
                  : Usage.of(
                      random.nextLong(worst.totalInput() + 1),
                      random.nextLong(worst.totalOutput() + 1));
          Settlement done = accounts.settle(hold, used, Basis.REPORTED);
          told.put(
              hold.attempt(),
              new Entry.Settled(
                  hold, Optional.empty(), now, done.usage(), done.basis(), done.total()));
          held.remove(hold.attempt());
          settled++;
          journal.append(Samples.record(hold.request(), now, "gpt-mid"));
        });
  }

  private void release() {
    any()
        .ifPresent(hold -> {
          accounts.release(hold, "refused by the provider");
          told.put(hold.attempt(), new Entry.Voided(hold, Optional.empty(), now, "refused"));
          held.remove(hold.attempt());
        });
  }

  private Optional<Hold> any() {
    return held.values().stream()
        .skip(held.isEmpty() ? 0 : random.nextInt(held.size()))
        .findFirst();
  }

  private void drain(int limit) {
    for (int i = 0; i < limit; i++) {
      Optional<Entry> next = drain.next();
      if (next.isEmpty()) {
        break;
      }
      rows.add(next.get());
    }
    if (journal.hasForgettable(rows.position())) {
      rows.makeDurable();
      try {
        journal.forget(rows.position());
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  private void passTime() {
    long seconds =
        switch (random.nextInt(4)) {
          case 0 -> -3_600;
          case 1 -> 40_000;
          default -> random.nextLong(100);
        };
    now = now.plusSeconds(seconds);
  }

  /** What was told since the last sync may be forgotten. */
  private void cutPower() {
    disk.cutPower(random);
    rows.cutPower(random);
    told.clear();
    restart();
    told.clear();
  }

  private void changeBudgets() {
    drain(random.nextInt(100));
    if (!budgets.isEmpty() && random.nextBoolean()) {
      Budget gone = budgets.remove(random.nextInt(budgets.size()));
      accounts.remove(gone.organisation(), gone.scope(), gone.period());
      return;
    }
    Budget wanted = budget("team:claims");
    budgets.removeIf(b -> b.scope().equals(wanted.scope()) && b.period().equals(wanted.period()));
    budgets.add(wanted);
    accounts.put(wanted, rows.checkpoint());
  }

  private Budget budget(String scope) {
    ZoneId zone = random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Asia/Kathmandu");
    Budget.Period period = PERIODS.get(random.nextInt(PERIODS.size()));
    return new Budget(
        "default",
        Scope.parse(scope),
        new Money(random.nextLong(500_000_000_000L, 4_000_000_000_000L)),
        period,
        zone);
  }

  private void checkStandings() {
    for (BudgetStanding standing : accounts.standings()) {
      Budget budget = standing.budget();
      long heldNow = 0;
      for (Hold hold : held.values()) {
        if (hold.scopes().contains(budget.scope()) && standing.span().contains(hold.at())) {
          heldNow += hold.nanos();
        }
      }
      assertThat(standing.held()).as("held in %s", budget).isEqualTo(Nanos.toMoney(heldNow));
      if (!budget.scope().equals(Scope.parse("team:claims"))) {
        // That budget may be put in force when more than its limit is spent already.
        assertThat(standing.spent().plus(standing.held()))
            .as("spent and held in %s", budget)
            .isLessThanOrEqualTo(budget.limit());
      }
    }
    assertThat(accounts.open()).isEqualTo(held.size());
  }

  /** After a start: everything the books should say, from the journal's entries alone. */
  private void checkBooks() {
    drain(Integer.MAX_VALUE);
    Map<AttemptId, Entry.Ended> ended = new HashMap<>();
    Set<AttemptId> reserved = new HashSet<>();
    Map<String, Long> balances = new HashMap<>();
    long exact = 0;
    for (Entry entry : rows.all()) {
      if (entry instanceof Entry.Reserved(Hold hold)) {
        assertThat(reserved.add(hold.attempt())).as("reserved once").isTrue();
      }
      if (entry instanceof Entry.Ended last) {
        assertThat(ended.put(last.hold().attempt(), last)).as("ended once").isNull();
        exact += last instanceof Entry.Settled s ? s.cost().map(Money::picos).orElse(0L) : 0;
      }
      long sum = 0;
      for (Posting posting : Postings.of(entry)) {
        long picos = posting.nanos() * 1000 + posting.picos();
        sum += picos;
        balances.merge(posting.account(), picos, Long::sum);
      }
      assertThat(sum).as("postings of %s", entry).isZero();
    }
    assertThat(ended.keySet()).as("every attempt has ended").isEqualTo(reserved);
    assertThat(
            balances.getOrDefault("cost/default", 0L)
                + balances.getOrDefault("rounding/default", 0L))
        .as("cost and rounding are the exact costs")
        .isEqualTo(exact);
    checkTold(ended);
    checkSpent(ended.values());
    for (BudgetStanding standing : accounts.standings()) {
      assertThat(standing.held()).as("held in %s", standing.budget()).isEqualTo(Money.ZERO);
    }
    assertThat(accounts.open()).isZero();
  }

  private void checkTold(Map<AttemptId, Entry.Ended> ended) {
    for (Map.Entry<AttemptId, Entry> each : told.entrySet()) {
      Entry.Ended booked = ended.get(each.getKey());
      if (booked == null) {
        throw new AssertionError("the books do not have " + each.getKey());
      }
      checkTold(each.getValue(), booked);
    }
  }

  private static void checkTold(Entry last, Entry.Ended booked) {
    AttemptId attempt = booked.hold().attempt();
    switch (last) {
      case Entry.Dispatched _ ->
          assertThat(booked.dispatchedAt()).as("dispatch of %s", attempt).isPresent();
      case Entry.Settled settled ->
          assertThat(((Entry.Settled) booked).cost())
              .as("cost of %s", attempt)
              .isEqualTo(settled.cost());
      case Entry.Voided _ -> assertThat(booked).isInstanceOf(Entry.Voided.class);
      case Entry.Reserved _, Entry.ToppedUp _, Entry.Reached _, PackedRequest _ -> {}
    }
  }

  private void checkSpent(Iterable<Entry.Ended> ended) {
    for (BudgetStanding standing : accounts.standings()) {
      long spent = 0;
      for (Entry.Ended last : ended) {
        Hold hold = last.hold();
        if (hold.scopes().contains(standing.budget().scope())
            && standing.span().contains(hold.at())) {
          spent += last.posted();
        }
      }
      assertThat(standing.spent())
          .as("spent in %s", standing.budget())
          .isEqualTo(Nanos.toMoney(spent));
    }
  }

  /** In the database and in the journal beyond it. */
  private List<Entry.Ended> endedSoFar() {
    List<Entry> entries = new ArrayList<>(rows.all());
    JournalReader tail = journal.reader(rows.position());
    for (Optional<Entry> next = tail.next(); next.isPresent(); next = tail.next()) {
      entries.add(next.get());
    }
    return entries.stream()
        .filter(Entry.Ended.class::isInstance)
        .map(Entry.Ended.class::cast)
        .toList();
  }
}
