package dev.ockham.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One run of {@link BudgetSimulationTest}: three nodes make calls, stream, top up, leave and crash;
 * periods end, clocks jump, budgets change, the process is killed.
 */
final class BudgetWorld {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final int NODES = 3;
  private static final List<String> SCOPES =
      List.of("org:default", "team:claims", "user:ann", "key:*", "model:mid", "run:*", "tag:night");

  private final RandomGenerator random;
  private final BudgetDice dice;
  private final AccountRules rules;
  private final UnaryOperator<Checkpoint> lie;
  private final MemoryDisk disk = new MemoryDisk();
  private final RowsInMemory rows = new RowsInMemory();
  private final Ids ids;
  private final List<Budget> budgets = new ArrayList<>();
  private final BudgetShadow shadow = new BudgetShadow();

  /** What each node has under way. */
  private final List<Map<AttemptId, Call>> nodes = new ArrayList<>();

  /** When the lease of each live call ends, in the time of sweeps. */
  private final Map<AttemptId, Duration> leases = new LinkedHashMap<>();

  private final Set<AttemptId> dispatched = new HashSet<>();

  /** Ended by a sweep while its node still works on it. */
  private final List<Hold> late = new ArrayList<>();

  private Instant now = Samples.NOON;
  private Instant latest = Samples.NOON;
  private Instant lastHold = Samples.NOON;
  private Duration swept = Duration.ZERO;
  private Journal journal;
  private Accounts accounts;
  private int settled;
  private int refused;

  /** What a node does: it never uses more than the worst case. */
  private record Call(Hold hold, Usage used) {}

  BudgetWorld(long seed, AccountRules rules, UnaryOperator<Checkpoint> lie) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.dice = new BudgetDice(random);
    this.rules = rules;
    this.lie = lie;
    this.ids = new Ids(() -> now, random, 7);
    for (int i = 0; i < NODES; i++) {
      nodes.add(new LinkedHashMap<>());
    }
    for (String scope : SCOPES) {
      if (random.nextInt(3) > 0) {
        budgets.add(dice.budget(scope));
      }
    }
    open();
  }

  int settled() {
    return settled;
  }

  int refused() {
    return refused;
  }

  void step() {
    act(random.nextInt(100));
    if (random.nextInt(4) == 0) {
      shadow.checkStandings(accounts.standings());
      assertThat(accounts.open()).isEqualTo(shadow.live().size());
    }
  }

  private void act(int dice) {
    if (dice < 34) {
      hold();
    } else if (dice < 50) {
      any().ifPresent(this::dispatch);
    } else if (dice < 62) {
      any().ifPresent(this::stream);
    } else if (dice < 78) {
      any().ifPresent(this::settle);
    } else if (dice < 83) {
      any().ifPresent(this::release);
    } else if (dice < 88) {
      passTime();
    } else if (dice < 92) {
      drain();
    } else if (dice < 94) {
      nodes.get(random.nextInt(NODES)).clear();
    } else if (dice < 96) {
      changeBudget();
    } else if (dice < 97) {
      assertThat(accounts.audit(rows.checkpoint())).as("drift").isEmpty();
    } else if (dice < 98) {
      restart();
    } else {
      comeLate();
    }
  }

  /** All calls end, by their nodes or by their leases; nothing is held any more. */
  void comeToRest() {
    for (Map<AttemptId, Call> node : nodes) {
      for (Call call : List.copyOf(node.values())) {
        dispatch(call);
        settle(call);
      }
    }
    sweep(LEASE.multipliedBy(2));
    assertThat(shadow.live()).isEmpty();
    assertThat(accounts.open()).isZero();
    shadow.checkStandings(accounts.standings());
    for (BudgetStanding standing : accounts.standings()) {
      assertThat(standing.held()).as("held in %s", standing.budget()).isEqualTo(Money.ZERO);
    }
    restart();
    checkEntries();
  }

  private void hold() {
    int node = random.nextInt(NODES);
    Quote quote = dice.quote();
    List<Scope> scopes = dice.scopes();
    var caller =
        new Caller("default", "k", "p", Caller.Role.CLIENT, scopes.subList(0, 4), Set.of());
    var request =
        new HoldRequest(
            ids.nextRequest(), ids.nextAttempt(), caller, scopes, quote, false, false, LEASE);
    switch (accounts.hold(request).toCompletableFuture().join()) {
      case HoldOutcome.Held(Hold hold, _) -> {
        shadow.holds(hold);
        lastHold = hold.at();
        shadow.letThrough(hold, accounts.standings(), now());
        Usage worst = quote.worstCase();
        // most calls cost little; some all they may
        long share = random.nextInt(8) == 0 ? 1 : random.nextInt(2, 30);
        var used = Usage.of(worst.totalInput() / share, worst.totalOutput() / share);
        nodes.get(node).put(hold.attempt(), new Call(hold, used));
        leases.put(hold.attempt(), swept.plus(LEASE));
      }
      case HoldOutcome.Refused(BudgetRefusal why) -> refusedBy(why, now());
      case HoldOutcome.Unavailable unavailable -> {
        assertThat(journal.admits()).as(unavailable.why()).isFalse();
        journal.tend();
      }
      case HoldOutcome.AwaitLease _ -> throw new AssertionError("one node has no leases");
    }
  }

  private void refusedBy(BudgetRefusal why, Instant at) {
    refused++;
    if (why instanceof BudgetRefusal.OverLimit over) {
      shadow.checkRefusal(over, budgets, at, now());
    }
  }

  private void dispatch(Call call) {
    if (shadow.live().containsKey(call.hold().attempt()) && dispatched.add(call.hold().attempt())) {
      accounts.dispatched(call.hold());
    }
  }

  private void stream(Call call) {
    AttemptId attempt = call.hold().attempt();
    if (!dispatched.contains(attempt) || !shadow.live().containsKey(attempt)) {
      return;
    }
    Money worst = call.hold().quote().worstCost(call.hold().at()).orElse(Money.ZERO);
    Money needed = new Money(random.nextLong(worst.picos() + 1));
    Money wanted = needed.plus(new Money(worst.picos() / 8));
    switch (accounts.topUp(call.hold(), needed, wanted)) {
      case TopUpOutcome.Granted(Hold more) -> {
        assertThat(more.likely()).isBetween(call.hold().likely(), more.nanos());
        boolean grew = more.likely() > shadow.live().get(attempt).likely();
        shadow.holds(more);
        if (grew) {
          shadow.toppedUp(more, accounts.standings(), now());
        }
      }
      case TopUpOutcome.Refused(BudgetRefusal why) -> {
        refusedBy(why, call.hold().at());
        settle(call);
      }
    }
  }

  private void settle(Call call) {
    AttemptId attempt = call.hold().attempt();
    if (!dispatched.contains(attempt)) {
      return;
    }
    forget(attempt);
    Usage used = random.nextInt(10) == 0 ? Usage.ABSENT : call.used();
    Hold live = shadow.live().get(attempt);
    Settlement done = accounts.settle(call.hold(), used, Basis.REPORTED);
    if (live == null) {
      assertThat(done.basis()).as("booked by the sweep").isEqualTo(Basis.RECOVERED);
      late.removeIf(hold -> hold.attempt().equals(attempt));
      return;
    }
    shadow.ends(live, done.total().map(Nanos::rounded).orElse(0L));
    shadow.checkBounds(accounts.standings());
    settled++;
  }

  private void release(Call call) {
    AttemptId attempt = call.hold().attempt();
    forget(attempt);
    Hold live = shadow.live().get(attempt);
    accounts.release(call.hold(), "refused by the provider");
    late.removeIf(hold -> hold.attempt().equals(attempt));
    if (live != null) {
      shadow.ends(live, 0);
    }
  }

  private void comeLate() {
    if (!late.isEmpty()) {
      Hold hold = late.removeLast();
      nodes.forEach(node -> node.remove(hold.attempt()));
      accounts.release(hold, "much too late");
    }
  }

  private void forget(AttemptId attempt) {
    nodes.forEach(node -> node.remove(attempt));
  }

  private Optional<Call> any() {
    Map<AttemptId, Call> node = nodes.get(random.nextInt(NODES));
    return node.values().stream()
        .skip(node.isEmpty() ? 0 : random.nextInt(node.size()))
        .findFirst();
  }

  private void passTime() {
    long seconds =
        switch (random.nextInt(6)) {
          case 0 -> -3_600;
          case 1 -> 40_000;
          case 2 -> 900_000;
          default -> random.nextLong(30);
        };
    now = now.plusSeconds(seconds);
    now();
    // leases do not know of the clock
    sweep(Duration.ofSeconds(random.nextLong(20)));
  }

  private void sweep(Duration passed) {
    swept = swept.plus(passed);
    List<Hold> over =
        shadow.live().values().stream()
            .filter(hold -> leases.getOrDefault(hold.attempt(), Duration.ZERO).compareTo(swept) < 0)
            .toList();
    assertThat(accounts.sweep(passed)).as("leases that ended").isEqualTo(over.size());
    for (Hold hold : over) {
      endAsRecovered(hold);
      if (nodes.stream().anyMatch(node -> node.containsKey(hold.attempt()))) {
        late.add(hold);
      }
    }
    shadow.checkBounds(accounts.standings());
  }

  private void endAsRecovered(Hold hold) {
    Optional<Money> expected = hold.quote().price().of(hold.quote().expected(), hold.at()).total();
    boolean sent = dispatched.contains(hold.attempt());
    shadow.ends(hold, sent ? expected.map(Nanos::rounded).orElse(0L) : 0);
  }

  private void restart() {
    disk.revive();
    List.copyOf(shadow.live().values()).forEach(this::endAsRecovered);
    nodes.forEach(Map::clear);
    late.clear();
    open();
    shadow.checkStandings(accounts.standings());
  }

  private void open() {
    var opening = Journal.open(disk, 4 * JournalSettings.SMALLEST_SEGMENT, rows.position());
    assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
    journal = ((JournalOpening.Opened) opening).journal();
    accounts = Accounts.recover(journal, () -> now, lie.apply(rows.checkpoint()), budgets, rules);
    // the time of sweeps begins anew with a process
    swept = Duration.ZERO;
    // and what it knows of time is in the journal
    latest = lastHold;
    now();
  }

  private void drain() {
    journal.tend();
    JournalReader reader = journal.reader(rows.position());
    for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
      rows.add(next.get());
    }
  }

  private void changeBudget() {
    if (budgets.isEmpty()) {
      return;
    }
    int index = random.nextInt(budgets.size());
    Budget before = budgets.get(index);
    Budget after =
        switch (random.nextInt(3)) {
          case 0 -> before.with(raised(before.terms()));
          case 1 -> before.with(Budget.Terms.of(dice.mode()));
          default -> before;
        };
    budgets.set(index, after);
    accounts.put(after, rows.checkpoint());
    shadow.forgetBounds();
    shadow.checkStandings(accounts.standings());
  }

  private Budget.Terms raised(Budget.Terms terms) {
    var more =
        new Increase(
            new Money(random.nextLong(1, 500_000_000_000L)),
            now,
            now.plusSeconds(random.nextLong(1, 50_000)),
            "a test");
    return new Budget.Terms(terms.mode(), terms.thresholds(), List.of(more));
  }

  /** As the accounts take it: time never steps back. */
  private Instant now() {
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  private void checkEntries() {
    drain();
    Set<AttemptId> reserved = new HashSet<>();
    Set<AttemptId> ended = new HashSet<>();
    for (Entry entry : rows.all()) {
      if (entry instanceof Entry.Reserved(Hold hold)) {
        assertThat(reserved.add(hold.attempt())).as("reserved once").isTrue();
      } else if (entry instanceof Entry.Ended last) {
        assertThat(ended.add(last.hold().attempt())).as("ended once").isTrue();
      }
      long sum = 0;
      for (Posting posting : Postings.of(entry)) {
        sum += posting.nanos() * 1000 + posting.picos();
      }
      assertThat(sum).as("postings of %s", entry).isZero();
    }
    assertThat(ended).as("every attempt has ended").isEqualTo(reserved);
  }
}
