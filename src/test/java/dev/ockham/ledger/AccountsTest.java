package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class AccountsTest {
  private static final int SEGMENT = 16 << 20;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
  private final RowsInMemory rows = new RowsInMemory();
  private final MemoryDisk disk = new MemoryDisk();
  private Instant now = Samples.NOON;
  private final Ids ids = new Ids(() -> now, random, 1);
  private final Journal journal =
      ((JournalOpening.Opened) Journal.open(disk, SEGMENT, Position.START)).journal();

  private Accounts accounts(Budget... budgets) {
    return Accounts.recover(journal, () -> now, rows.checkpoint(), List.of(budgets));
  }

  private static Budget budget(String scope, String dollars, Budget.Period period, ZoneId zone) {
    return new Budget("default", Scope.parse(scope), Money.ofDollars(dollars), period, zone);
  }

  private static Budget total(String scope, String dollars) {
    return budget(scope, dollars, Budget.Period.TOTAL, ZoneOffset.UTC);
  }

  private HoldOutcome hold(Accounts accounts, Price price, long input, long output) {
    var request =
        new HoldRequest(
            ids.nextRequest(),
            ids.nextAttempt(),
            Samples.caller("k1"),
            Samples.quote(price, input, output));
    return accounts.hold(request).toCompletableFuture().join();
  }

  private Hold held(Accounts accounts) {
    return ((HoldOutcome.Held) hold(accounts, Samples.PRICE, 1_000, 400)).hold();
  }

  @Test
  void a_thousand_concurrent_holds_never_exceed_one_dollar() throws InterruptedException {
    Accounts accounts = accounts(total("key:k1", "1.00"));
    var outcomes = new ConcurrentLinkedQueue<HoldOutcome>();
    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException asked) {
                  return;
                }
                outcomes.add(hold(accounts, Samples.PRICE, 1_000, 400));
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    long held = outcomes.stream().filter(HoldOutcome.Held.class::isInstance).count();
    // $0.0065 each.
    assertThat(held).isEqualTo(153);
    assertThat(outcomes).hasSize(1_000);
    assertThat(accounts.standings().getFirst().held()).isEqualTo(Money.ofDollars("0.9945"));
  }

  @Test
  void a_hold_that_one_scope_refuses_is_held_in_none() {
    Accounts accounts = accounts(total("org:default", "5"), total("key:k1", "0.001"));
    var refused = (HoldOutcome.Refused) hold(accounts, Samples.PRICE, 1_000, 400);
    assertThat(refused.why().scope()).isEqualTo(Scope.parse("key:k1"));
    assertThat(accounts.standings()).extracting(BudgetStanding::held).containsOnly(Money.ZERO);
  }

  @Test
  void what_a_provider_answers_later_stays_held_through_a_restart_and_is_settled_once() {
    Accounts before = accounts(total("key:k1", "1"));
    Hold batch = held(before);
    Hold call = held(before);
    before.dispatched(batch);
    before.dispatched(call);
    rows.goesOn(batch.attempt());

    Accounts after = accounts(total("key:k1", "1"));

    assertThat(after.open()).isEqualTo(1);
    assertThat(after.open(call.attempt())).isEmpty();
    assertThat(after.standings().getFirst().held()).isEqualTo(Money.ofDollars("0.0065"));
    Hold found = after.open(batch.attempt()).orElseThrow().hold();
    assertThat(after.settle(found, Usage.of(900, 350), Basis.REPORTED).basis())
        .isEqualTo(Basis.REPORTED);
    assertThat(after.standings().getFirst().held()).isEqualTo(Money.ZERO);
    assertThat(accounts(total("key:k1", "1")).open()).isZero();
  }

  @Test
  void an_attempt_ends_exactly_once() {
    Accounts accounts = accounts();
    Hold settled = held(accounts);
    accounts.dispatched(settled);
    accounts.settle(settled, Usage.of(1, 1), Basis.REPORTED);
    assertThatThrownBy(() -> accounts.settle(settled, Usage.of(1, 1), Basis.REPORTED))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> accounts.release(settled, "again"))
        .isInstanceOf(IllegalStateException.class);
    Hold never = held(accounts);
    assertThatThrownBy(() -> accounts.settle(never, Usage.of(1, 1), Basis.REPORTED))
        .hasMessageContaining("never dispatched");
  }

  @Test
  void an_absent_usage_is_booked_as_expected_and_called_an_estimate() {
    Accounts accounts = accounts();
    Hold hold = held(accounts);
    accounts.dispatched(hold);
    Settlement settlement = accounts.settle(hold, Usage.ABSENT, Basis.REPORTED);
    assertThat(settlement.basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(settlement.usage()).isEqualTo(hold.quote().expected());
  }

  @Test
  void a_usage_of_zero_costs_nothing_and_is_no_estimate() {
    Accounts accounts = accounts();
    Hold hold = held(accounts);
    accounts.dispatched(hold);
    Settlement settlement = accounts.settle(hold, Usage.of(0, 0), Basis.REPORTED);
    assertThat(settlement.basis()).isEqualTo(Basis.REPORTED);
    assertThat(settlement.total()).contains(Money.ZERO);
  }

  @Test
  void what_a_provider_charges_beyond_the_worst_case_is_booked_and_stops_the_next_call() {
    Accounts accounts = accounts(total("key:k1", "0.01"));
    Hold hold = held(accounts);
    accounts.dispatched(hold);
    accounts.settle(hold, Usage.of(1_000, 4_000), Basis.REPORTED);
    assertThat(accounts.standings().getFirst().spent()).isEqualTo(Money.ofDollars("0.0425"));
    assertThat(hold(accounts, Samples.PRICE, 1, 1)).isInstanceOf(HoldOutcome.Refused.class);
  }

  @Test
  void a_new_day_in_its_zone_is_a_new_account_and_late_settlements_go_to_the_old_one() {
    now = Instant.parse("2026-11-22T18:14:00Z");
    Accounts accounts =
        accounts(budget("key:k1", "0.01", Budget.Period.DAY, ZoneId.of("Asia/Kathmandu")));
    Hold late = held(accounts);
    accounts.dispatched(late);
    var refused = (HoldOutcome.Refused) hold(accounts, Samples.PRICE, 1_000, 400);
    assertThat(((BudgetRefusal.OverLimit) refused.why()).resetsAt())
        .contains(Instant.parse("2026-11-22T18:15:00Z"));
    now = Instant.parse("2026-11-22T18:15:00Z");
    held(accounts);
    accounts.settle(late, Usage.of(1_000, 400), Basis.REPORTED);
    assertThat(accounts.standings().getFirst().spent()).isEqualTo(Money.ZERO);
    assertThat(accounts.standings().getFirst().held()).isEqualTo(Money.ofDollars("0.0065"));
  }

  @Test
  void a_clock_that_steps_back_over_midnight_does_not_open_the_day_before_again() {
    now = Instant.parse("2026-11-23T00:00:01Z");
    Accounts accounts = accounts(budget("key:k1", "0.01", Budget.Period.DAY, ZoneOffset.UTC));
    Hold first = held(accounts);
    now = now.minusSeconds(3_600);
    assertThat(hold(accounts, Samples.PRICE, 1_000, 400)).isInstanceOf(HoldOutcome.Refused.class);
    assertThat(first.at()).isEqualTo(accounts.standings().getFirst().span().from().plusSeconds(1));
  }

  @Test
  void every_cost_is_what_decimal_arithmetic_says_to_the_last_digit() {
    Accounts accounts = accounts();
    var dice = new SplittableRandom(7);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 2_000; i++) {
      var prices = new EnumMap<TokenClass, Long>(TokenClass.class);
      var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
      for (TokenClass kind : EnumSet.complementOf(EnumSet.of(TokenClass.REQUEST))) {
        prices.put(kind, dice.nextLong(600_000_001L));
        if (dice.nextInt(3) > 0) {
          tokens.put(kind, dice.nextLong(200_000));
        }
      }
      tokens.put(TokenClass.INPUT, 1L);
      var price = new Price.Listed("v", prices);
      Hold hold = ((HoldOutcome.Held) hold(accounts, price, 10, 10)).hold();
      accounts.dispatched(hold);
      Settlement settlement = accounts.settle(hold, new Usage(tokens), Basis.REPORTED);
      BigDecimal exact = recomputed(prices, tokens);
      assertThat(new BigDecimal(settlement.total().orElseThrow().toDecimalString()))
          .isEqualByComparingTo(exact);
      sum = sum.add(exact);
    }
    long nanos = 0;
    long remainders = 0;
    JournalReader reader = journal.reader(Position.START);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      if (next.get() instanceof Entry.Settled settled) {
        nanos += settled.posted();
        remainders += settled.remainder();
        assertThat(settled.remainder()).isBetween(-500L, 499L);
      }
    }
    assertThat(BigDecimal.valueOf(nanos, 9).add(BigDecimal.valueOf(remainders, 12)))
        .isEqualByComparingTo(sum);
  }

  private static BigDecimal recomputed(Map<TokenClass, Long> prices, Map<TokenClass, Long> tokens) {
    BigDecimal dollars = BigDecimal.ZERO;
    for (Map.Entry<TokenClass, Long> each : tokens.entrySet()) {
      BigDecimal perToken =
          new BigDecimal(prices.getOrDefault(each.getKey(), 0L)).movePointLeft(12);
      dollars = dollars.add(perToken.multiply(new BigDecimal(each.getValue())));
    }
    return dollars;
  }
}
