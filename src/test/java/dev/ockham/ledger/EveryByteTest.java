package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A few calls of every kind, ended after every single byte that they write: by a kill, or by a
 * power cut that loses all that comes after. Either way the next start has each call once.
 */
final class EveryByteTest {
  private static final Budget BUDGET =
      new Budget(
              "default",
              Scope.parse("org:default"),
              Money.ofDollars("1"),
              Budget.Period.TOTAL,
              ZoneOffset.UTC)
          .with(
              Budget.Terms.of(
                  new Mode.Quantile(900), new Threshold(1, new Threshold.Action.Notify())));

  /** What was done before the end, by attempt: the last step that was reported to the caller. */
  private final Map<AttemptId, String> told = new LinkedHashMap<>();

  @Test
  void whichever_byte_is_the_last_each_call_ends_once_and_nothing_stays_held() {
    int bytes = 0;
    while (endsAfter(bytes)) {
      bytes++;
    }
    assertThat(bytes).as("bytes that were tried").isGreaterThan(1_500);
  }

  /** False if all was done before so many bytes were written. */
  private boolean endsAfter(int bytes) {
    told.clear();
    var disk = new MemoryDisk();
    Journal journal = open(disk);
    journal.tend();
    Accounts accounts = recover(journal);
    disk.killAfter(bytes);
    boolean killed = false;
    try {
      calls(accounts);
    } catch (MemoryDisk.Killed _) {
      killed = true;
    }
    disk.revive();
    Journal after = open(disk);
    Accounts again = recover(after);
    check(after, "after byte " + bytes);
    assertThat(again.open()).isZero();
    assertThat(again.standings().getFirst().held()).isEqualTo(Money.ZERO);
    return killed;
  }

  private void calls(Accounts accounts) {
    var ids = new Ids(() -> Samples.NOON, new Random(7), 1);
    for (String kind : List.of("settled", "voided", "settled", "dispatched", "reserved")) {
      Quote quote = Samples.quote(Samples.PRICE, 1_000, 4_000);
      var request =
          new HoldRequest(ids.nextRequest(), ids.nextAttempt(), Samples.caller("k1"), quote);
      var held = (HoldOutcome.Held) accounts.hold(request).toCompletableFuture().join();
      AttemptId attempt = request.attempt();
      told.put(attempt, "reserved");
      if (kind.equals("reserved")) {
        continue;
      }
      accounts.dispatched(held.hold());
      told.put(attempt, "dispatched");
      Money worst = quote.worstCost(Samples.NOON).orElseThrow();
      accounts.topUp(held.hold(), worst, worst);
      switch (kind) {
        case "settled" -> accounts.settle(held.hold(), Usage.of(900, 350), Basis.REPORTED);
        case "voided" -> accounts.release(held.hold(), "refused");
        default -> {
          continue;
        }
      }
      told.put(attempt, kind);
    }
  }

  private void check(Journal journal, String when) {
    Map<AttemptId, Entry.Ended> ended = new HashMap<>();
    JournalReader reader = journal.reader(Position.START);
    for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
      if (next.get() instanceof Entry.Ended last) {
        assertThat(ended.put(last.hold().attempt(), last)).as("ended once, %s", when).isNull();
      }
    }
    told.forEach((attempt, step) -> {
      Entry.Ended booked = ended.get(attempt);
      assertThat(booked).as("%s, %s", step, when).isNotNull();
      switch (step) {
        case "settled" ->
            assertThat(booked)
                .isInstanceOfSatisfying(
                    Entry.Settled.class,
                    last -> assertThat(last.basis()).as(when).isEqualTo(Basis.REPORTED));
        case "voided" -> assertThat(booked).as(when).isInstanceOf(Entry.Voided.class);
        case "dispatched" ->
            assertThat(booked)
                .isNotNull()
                .satisfies(last -> assertThat(last.dispatchedAt()).as(when).isPresent());
        default -> {}
      }
    });
  }

  private static Accounts recover(Journal journal) {
    return Accounts.recover(
        journal, () -> Samples.NOON, new RowsInMemory().checkpoint(), List.of(BUDGET));
  }

  private static Journal open(MemoryDisk disk) {
    var opening = Journal.open(disk, 2 * JournalSettings.SMALLEST_SEGMENT, Position.START);
    assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
    return ((JournalOpening.Opened) opening).journal();
  }
}
