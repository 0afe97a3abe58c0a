package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents whose context of 150,000 tokens is mostly cached: a call costs about a tenth of its worst
 * case. An agent that is refused stops for good, so a budget that holds too much ends their work
 * while most of its money is unspent.
 */
final class AgentBudgetTest {
  private static final Money LIMIT = Money.ofDollars("25");
  private static final Price PRICE =
      new Price.Listed(
          "agents",
          Map.of(
              TokenClass.INPUT, 3_000_000L,
              TokenClass.CACHE_READ, 300_000L,
              TokenClass.OUTPUT, 15_000_000L));

  @ParameterizedTest(name = "{0} agents")
  @ValueSource(ints = {8, 32, 64})
  void a_quantile_budget_admits_nearly_what_a_serial_run_admits(int agents) {
    Money serial = spentBy(1, new Mode.Quantile(950));
    Money parallel = spentBy(agents, new Mode.Quantile(950));

    assertThat(parallel.picos()).isGreaterThanOrEqualTo(serial.picos() * 95 / 100);
    assertThat(parallel).isLessThanOrEqualTo(Money.ofDollars("25.2"));
  }

  @ParameterizedTest(name = "{0} agents")
  @ValueSource(ints = 64)
  void a_strict_one_leaves_much_of_the_money_unspent_and_is_never_exceeded(int agents) {
    assertThat(spentBy(agents, new Mode.Strict())).isLessThanOrEqualTo(LIMIT);
  }

  /** Each agent calls until it is refused; what all of them spent. */
  private static Money spentBy(int agents, Mode mode) {
    var budget =
        new Budget(
                "default", Scope.parse("team:claims"), LIMIT, Budget.Period.TOTAL, ZoneOffset.UTC)
            .with(Budget.Terms.of(mode));
    var random = new Random(agents);
    var ids = new Ids(() -> Samples.NOON, random, 1);
    Journal journal = journal();
    Accounts accounts =
        Accounts.recover(
            journal, () -> Samples.NOON, new RowsInMemory().checkpoint(), List.of(budget));
    Deque<Integer> idle = new ArrayDeque<>();
    for (int agent = 0; agent < agents; agent++) {
      idle.add(agent);
    }
    List<Hold> calls = new ArrayList<>();
    while (!idle.isEmpty() || !calls.isEmpty()) {
      if (!idle.isEmpty() && (calls.isEmpty() || random.nextInt(4) > 0)) {
        idle.remove();
        begin(accounts, ids, calls, random);
      } else {
        Hold done = calls.remove(random.nextInt(calls.size()));
        accounts.settle(done, used(random), Basis.REPORTED);
        idle.add(0);
      }
    }
    return accounts.standings().getFirst().spent();
  }

  private static void begin(Accounts accounts, Ids ids, List<Hold> calls, Random random) {
    long input = 150_000L + random.nextInt(10_000);
    var quote =
        new Quote("big", "anyone", PRICE, Usage.of(input * 4 / 3, 32_000), Usage.of(input, 500));
    var request =
        new HoldRequest(ids.nextRequest(), ids.nextAttempt(), Samples.caller("k1"), quote);
    if (accounts.hold(request).toCompletableFuture().join()
        instanceof HoldOutcome.Held(Hold hold, _)) {
      accounts.dispatched(hold);
      calls.add(hold);
    }
  }

  private static Usage used(Random random) {
    return new Usage(
        Map.of(
            TokenClass.INPUT, 4_000L + random.nextInt(5_000),
            TokenClass.CACHE_READ, 140_000L + random.nextInt(10_000),
            TokenClass.OUTPUT, 200L + random.nextInt(700)));
  }

  private static Journal journal() {
    var opening = Journal.open(new MemoryDisk(), 16 << 20, Position.START);
    assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
    Journal journal = ((JournalOpening.Opened) opening).journal();
    journal.tend();
    return journal;
  }
}
