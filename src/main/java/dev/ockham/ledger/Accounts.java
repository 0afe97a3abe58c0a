package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The accounts that every call is held against and settled into. Thread-safe: one short lock, under
 * which nothing happens but arithmetic and the journal's copy into memory. A change is made to the
 * balances only after it is in the journal.
 *
 * <p>Time never steps back here: an attempt is held at the clock's instant or that of the attempt
 * before it, whichever is later, so that no period is entered twice.
 */
public final class Accounts {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Journal journal;
  private final InstantSource clock;
  private final Object lock = new Object();

  // Under `lock`:
  private final BudgetAccounts budgets = new BudgetAccounts();
  private final Map<AttemptId, Running> running = new HashMap<>();
  private long latestMicros;

  /** An attempt under way and the accounts its hold is in. */
  private record Running(OpenAttempt attempt, List<Account> accounts) {}

  private Accounts(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Takes the books over from a process that is no more: what it reserved and did not dispatch is
   * voided; what it dispatched and did not settle is settled at what was expected of it. Either is
   * journalled before anything else, so that doing this again, even after dying half-way, finds
   * only what is still open.
   */
  public static Accounts recover(
      Journal journal, InstantSource clock, Checkpoint checkpoint, List<Budget> budgets) {
    var accounts = new Accounts(journal, clock);
    var tail = new Tail(checkpoint);
    tail.readTo(journal.reader(checkpoint.position()));
    accounts.latestMicros = tail.latestMicros();
    Instant now = accounts.now();
    List<OpenAttempt> open = tail.open();
    JournalReader ends = journal.reader(journal.end());
    journal.running(open.size());
    journal.tend();
    for (OpenAttempt attempt : open) {
      journal.append(ending(attempt, now));
    }
    journal.running(0);
    tail.readTo(ends);
    for (Budget budget : budgets) {
      Budget.Span span = budget.spanAt(now);
      long before = checkpoint.spent(budget.organisation(), budget.scope(), span);
      accounts.budgets.put(
          new Account(budget, span, Math.addExact(before, tail.spent(budget, span))));
    }
    return accounts;
  }

  /** Sets the worst case aside in every budget of the caller, or in none. */
  public CompletionStage<HoldOutcome> hold(HoldRequest request) {
    return CompletableFuture.completedStage(holdNow(request));
  }

  private HoldOutcome holdNow(HoldRequest request) {
    Caller caller = request.caller();
    Optional<Money> worst = request.quote().worstCost();
    long nanos = worst.map(Nanos::up).orElse(0L);
    synchronized (lock) {
      if (!journal.admits()) {
        return new HoldOutcome.Unavailable(
            journal.trouble().orElse("the journal has no room for another call"), RETRY_AFTER);
      }
      Instant now = now();
      List<Account> binding = budgets.binding(caller.organisation(), caller.scopes(), now);
      if (worst.isEmpty() && !binding.isEmpty()) {
        return new HoldOutcome.Refused(
            new BudgetRefusal.PriceUnknown(
                binding.getFirst().budget().scope(), request.quote().model()));
      }
      for (Account account : binding) {
        if (!account.fits(nanos)) {
          return new HoldOutcome.Refused(account.refuses(nanos));
        }
      }
      return new HoldOutcome.Held(reserve(request, now, nanos, binding));
    }
  }

  private Hold reserve(HoldRequest request, Instant now, long nanos, List<Account> binding) {
    if (running.containsKey(request.attempt())) {
      throw new IllegalStateException("attempt " + request.attempt() + " is held already");
    }
    var hold =
        new Hold(
            request.request(),
            request.attempt(),
            request.caller().organisation(),
            request.caller().scopes(),
            request.quote(),
            now,
            nanos);
    journal.append(new Entry.Reserved(hold));
    binding.forEach(account -> account.hold(nanos));
    running.put(hold.attempt(), new Running(new OpenAttempt(hold, Optional.empty()), binding));
    journal.running(running.size());
    return hold;
  }

  /** To be called before any byte goes to the provider. */
  public void dispatched(Hold hold) {
    synchronized (lock) {
      Running found = find(hold);
      if (found.attempt().dispatchedAt().isPresent()) {
        throw new IllegalStateException("attempt " + hold.attempt() + " is dispatched already");
      }
      Instant now = now();
      journal.append(new Entry.Dispatched(hold.attempt(), now));
      running.put(hold.attempt(), new Running(found.attempt().dispatched(now), found.accounts()));
    }
  }

  /**
   * Books what an attempt used and gives the rest of its hold back. Where the usage is absent the
   * expected one is booked, as an estimate. A provider that reports more than the worst case is
   * believed: the whole cost is booked, even past a limit.
   *
   * @throws IllegalStateException if the attempt was never dispatched, or has ended already
   */
  public Settlement settle(Hold hold, Usage usage, Basis basis) {
    Usage known = usage.isAbsent() ? hold.quote().expected() : usage;
    Basis honest = usage.isAbsent() && basis == Basis.REPORTED ? Basis.ESTIMATED : basis;
    Price.Cost cost = hold.quote().price().of(known);
    synchronized (lock) {
      Running found = find(hold);
      if (found.attempt().dispatchedAt().isEmpty()) {
        throw new IllegalStateException("attempt " + hold.attempt() + " was never dispatched");
      }
      var last =
          new Entry.Settled(
              hold, found.attempt().dispatchedAt(), now(), known, honest, cost.total());
      Position position = end(found, last);
      return new Settlement(hold, known, honest, cost, position);
    }
  }

  /**
   * Gives a hold back whole: of an attempt that was never dispatched, or that the provider refused
   * without cost.
   *
   * @throws IllegalStateException if the attempt has ended already
   */
  public void release(Hold hold, String reason) {
    synchronized (lock) {
      Running found = find(hold);
      end(found, new Entry.Voided(hold, found.attempt().dispatchedAt(), now(), reason));
    }
  }

  /** Whether there is room for another call; for readiness. */
  public boolean admits() {
    return journal.admits();
  }

  /** How every budget stands now, by organisation, scope and period. */
  public List<BudgetStanding> standings() {
    synchronized (lock) {
      return budgets.all(now()).stream()
          .map(Account::standing)
          .sorted(
              Comparator.comparing((BudgetStanding s) -> s.budget().organisation())
                  .thenComparing(s -> s.budget().scope().kind())
                  .thenComparing(s -> s.budget().scope().name())
                  .thenComparing(s -> s.budget().period()))
          .toList();
    }
  }

  /** Calls held and not yet ended. */
  public int open() {
    synchronized (lock) {
      return running.size();
    }
  }

  /**
   * Puts a budget in force, with what its period has already seen. Blocks where the checkpoint
   * does; the lock is taken only to add what happened after it.
   */
  public void put(Budget budget, Checkpoint checkpoint) {
    while (true) {
      Budget.Span span;
      synchronized (lock) {
        span = budget.spanAt(now());
      }
      long before = checkpoint.spent(budget.organisation(), budget.scope(), span);
      var tail = new Tail(checkpoint);
      JournalReader reader = journal.reader(checkpoint.position());
      tail.readTo(reader);
      synchronized (lock) {
        tail.readTo(reader);
        if (budget.spanAt(now()).equals(span)) {
          admit(new Account(budget, span, Math.addExact(before, tail.spent(budget, span))));
          return;
        }
      }
    }
  }

  /** False if there was none. Calls under way keep nothing held in it. */
  public boolean remove(String organisation, Scope scope, Budget.Period period) {
    synchronized (lock) {
      boolean removed = budgets.remove(organisation, scope, period);
      rebind();
      return removed;
    }
  }

  private void admit(Account account) {
    Budget budget = account.budget();
    budgets.put(account);
    for (Running each : running.values()) {
      Hold hold = each.attempt().hold();
      if (hold.organisation().equals(budget.organisation())
          && hold.scopes().contains(budget.scope())
          && account.span().contains(hold.at())) {
        account.hold(hold.nanos());
      }
    }
    rebind();
  }

  /** Points every running attempt to the accounts in force, after these have changed. */
  private void rebind() {
    Instant now = now();
    running.replaceAll((_, each) -> {
      Hold hold = each.attempt().hold();
      List<Account> binding =
          budgets.binding(hold.organisation(), hold.scopes(), now).stream()
              .filter(account -> account.span().contains(hold.at()))
              .toList();
      return new Running(each.attempt(), binding);
    });
  }

  private Running find(Hold hold) {
    Running found = running.get(hold.attempt());
    if (found == null) {
      throw new IllegalStateException("attempt " + hold.attempt() + " has ended already");
    }
    return found;
  }

  private Position end(Running ending, Entry.Ended last) {
    Position position = journal.append(last);
    for (Account account : ending.accounts()) {
      account.release(last.hold().nanos());
      account.spend(last.posted());
    }
    running.remove(last.hold().attempt());
    journal.running(running.size());
    return position;
  }

  private static Entry.Ended ending(OpenAttempt attempt, Instant now) {
    Hold hold = attempt.hold();
    if (attempt.dispatchedAt().isEmpty()) {
      return new Entry.Voided(hold, Optional.empty(), now, "the gateway died before the call");
    }
    Usage expected = hold.quote().expected();
    Optional<Money> cost = hold.quote().price().of(expected).total();
    return new Entry.Settled(hold, attempt.dispatchedAt(), now, expected, Basis.RECOVERED, cost);
  }

  /** Under the lock, or before anybody else has this object. */
  private Instant now() {
    latestMicros = Math.max(latestMicros, Micros.of(clock.instant()));
    return Micros.toInstant(latestMicros);
  }
}
