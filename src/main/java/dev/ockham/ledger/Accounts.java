package dev.ockham.ledger;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.chat.Usage;
import dev.ockham.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
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

  /** Of attempts whose lease ended: their owner may still come with what they used. */
  private static final int MOST_EXPIRED = 10_000;

  private final Journal journal;
  private final InstantSource clock;
  private final Object lock = new Object();

  // Under `lock`:
  private final Books books;
  private final Map<AttemptId, Running> running = new HashMap<>();
  private final SequencedMap<AttemptId, Entry.Ended> expired = new LinkedHashMap<>();
  private long latestMicros;
  private long swept;

  private Accounts(Journal journal, InstantSource clock, AccountRules rules) {
    this.journal = journal;
    this.clock = clock;
    this.books = new Books(new BudgetAccounts(rules), new RateWindows(), new CostSketches());
  }

  /**
   * Takes the books over from a process that is no more: what it reserved and did not dispatch is
   * voided; what it dispatched and did not settle is settled at what was expected of it. Either is
   * journalled before anything else, so that doing this again, even after dying half-way, finds
   * only what is still open. What goes on without that process stays held.
   */
  public static Accounts recover(
      Journal journal, InstantSource clock, Checkpoint checkpoint, List<Budget> budgets) {
    return recover(journal, clock, checkpoint, budgets, AccountRules.EXACT);
  }

  static Accounts recover(
      Journal journal,
      InstantSource clock,
      Checkpoint checkpoint,
      List<Budget> budgets,
      AccountRules rules) {
    var accounts = new Accounts(journal, clock, rules);
    var tail = new Tail(checkpoint);
    tail.readTo(journal.reader(checkpoint.position()));
    accounts.latestMicros = tail.latestMicros();
    Instant now = accounts.now();
    JournalReader ends = journal.reader(journal.end());
    accounts.running.putAll(Recovery.end(tail.open(), checkpoint.goingOn(), journal, now));
    journal.running(accounts.running.size());
    tail.readTo(ends);
    for (Budget budget : budgets) {
      Budget.Span span = budget.spanAt(now);
      accounts.books.budgets().put(budget, span, Recovery.spent(budget, span, checkpoint, tail));
    }
    accounts.rebind();
    Recovery.learnCosts(accounts.books.costs(), checkpoint, tail);
    return accounts;
  }

  /** Sets a call aside in every budget of its scopes, or in none. */
  public CompletionStage<HoldOutcome> hold(HoldRequest request) {
    return CompletableFuture.completedStage(holdNow(request));
  }

  private HoldOutcome holdNow(HoldRequest request) {
    synchronized (lock) {
      if (!journal.admits()) {
        return new HoldOutcome.Unavailable(
            journal.trouble().orElse("the journal has no room for another call"), RETRY_AFTER);
      }
      Instant now = now();
      var admission = Admission.of(request, books, now);
      Optional<BudgetRefusal> no = admission.refusal(request, now);
      if (no.isPresent()) {
        return new HoldOutcome.Refused(no.get());
      }
      HoldOutcome.Room room = admission.room(request.watched(), now);
      return new HoldOutcome.Held(reserve(request, now, admission), room);
    }
  }

  private Hold reserve(HoldRequest request, Instant now, Admission admission) {
    if (running.containsKey(request.attempt())) {
      throw new IllegalStateException("attempt " + request.attempt() + " is held already");
    }
    var hold =
        new Hold(
            request.request(),
            request.attempt(),
            request.caller().organisation(),
            request.scopes(),
            request.quote(),
            now,
            admission.worst(),
            admission.likely());
    journal.append(new Entry.Reserved(hold));
    admission.take(request, now);
    running.put(
        hold.attempt(),
        new Running(
            new OpenAttempt(hold, Optional.empty()),
            admission.accounts(),
            admission.rates(),
            Math.addExact(swept, request.lease().toNanos())));
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
      running.put(hold.attempt(), found.with(found.attempt().dispatched(now)));
    }
  }

  /**
   * Holds more for a call that streams, where budgets hold what is likely: as much as there is, up
   * to what is wanted, and nothing where that is less than what is needed. Never more than the
   * worst case.
   */
  public TopUpOutcome topUp(Hold hold, Money needed, Money wanted) {
    synchronized (lock) {
      Running found = find(hold);
      Instant now = now();
      long has = found.hold().likely();
      long least = Math.min(Nanos.up(needed), found.hold().nanos()) - has;
      long added = Math.min(Nanos.up(wanted), found.hold().nanos()) - has;
      Optional<Account> tightest = found.tightestToTopUp(now);
      long left = tightest.map(account -> Math.max(0, account.left(now))).orElse(added);
      if (left < least) {
        return new TopUpOutcome.Refused(tightest.orElseThrow().overLimit(least, now));
      }
      added = Math.min(added, left);
      if (added <= 0) {
        return new TopUpOutcome.Granted(found.hold());
      }
      OpenAttempt more = found.attempt().toppedUpBy(added);
      Hold after = more.hold();
      journal.append(
          new Entry.ToppedUp(hold.attempt(), hold.organisation(), hold.scopes(), added, now));
      for (Account account : found.accounts()) {
        account.hold(account.amount(after.nanos(), after.likely()) - found.amountIn(account));
      }
      running.put(hold.attempt(), found.with(more));
      return new TopUpOutcome.Granted(after);
    }
  }

  /**
   * Books what an attempt used and gives the rest of its hold back. Where the usage is absent the
   * expected one is booked, as an estimate. A provider that reports more than the worst case is
   * believed: the whole cost is booked, even past a limit. Of an attempt whose lease has ended, it
   * gives what was booked then.
   *
   * @throws IllegalStateException if the attempt was never dispatched, or has ended already
   */
  public Settlement settle(Hold hold, Usage usage, Basis basis) {
    Usage expected = hold.quote().expected();
    Usage known = usage.isAbsent() ? expected : usage.servedAt(expected.tier());
    Basis honest = usage.isAbsent() && basis == Basis.REPORTED ? Basis.ESTIMATED : basis;
    Cost cost = hold.quote().price().of(known, hold.at());
    synchronized (lock) {
      if (expired.remove(hold.attempt()) instanceof Entry.Settled before) {
        return Recovery.settlement(before, journal.end());
      }
      Running found = find(hold);
      if (found.attempt().dispatchedAt().isEmpty()) {
        throw new IllegalStateException("attempt " + hold.attempt() + " was never dispatched");
      }
      Instant now = now();
      var last =
          new Entry.Settled(
              found.hold(), found.attempt().dispatchedAt(), now, known, honest, cost.total());
      Position position = end(found, last, now);
      return new Settlement(found.hold(), known, honest, cost, found.remaining(now), position);
    }
  }

  /**
   * Gives a hold back whole: of an attempt that was never dispatched, or that the provider refused
   * without cost. Does nothing for one whose lease has ended.
   *
   * @throws IllegalStateException if the attempt has ended already
   */
  public void release(Hold hold, String reason) {
    synchronized (lock) {
      if (expired.remove(hold.attempt()) != null) {
        return;
      }
      Running found = find(hold);
      Instant now = now();
      end(found, new Entry.Voided(found.hold(), found.attempt().dispatchedAt(), now, reason), now);
    }
  }

  /**
   * Ends attempts that are under way for longer than their lease, as recovery would: nobody is
   * there to do it. To be called about once a second.
   *
   * @param passed since the last time, by a clock that never jumps
   * @return how many it ended
   */
  public int sweep(Duration passed) {
    synchronized (lock) {
      swept = Math.addExact(swept, passed.toNanos());
      List<Running> over = running.values().stream().filter(r -> r.leaseEnds() < swept).toList();
      Instant now = now();
      for (Running each : over) {
        Entry.Ended last = Recovery.ending(each.attempt(), now, "its lease ended before the call");
        end(each, last, now);
        expired.put(last.hold().attempt(), last);
      }
      while (expired.size() > MOST_EXPIRED) {
        expired.pollFirstEntry();
      }
      return over.size();
    }
  }

  /** Whether there is room for another call; for readiness. */
  public boolean admits() {
    return journal.admits();
  }

  /** Whether a budget of these scopes asks for cheaper models. */
  public boolean prefersCheaper(String organisation, Collection<Scope> scopes) {
    if (!books.budgets().mayPreferCheaper()) {
      return false;
    }
    synchronized (lock) {
      return books.budgets().prefersCheaper(organisation, scopes, now());
    }
  }

  /** How every budget stands now, by organisation, scope and period. */
  public List<BudgetStanding> standings() {
    synchronized (lock) {
      return Audit.standings(books.budgets().all(now()), running.values(), now());
    }
  }

  /** An attempt that has not ended. */
  public Optional<OpenAttempt> open(AttemptId attempt) {
    synchronized (lock) {
      return Optional.ofNullable(running.get(attempt)).map(Running::attempt);
    }
  }

  /** Calls held and not yet ended. */
  public int open() {
    synchronized (lock) {
      return running.size();
    }
  }

  /**
   * Compares every counter with the ledger it is a cache of, and puts the ledger's sum in its
   * place. Blocks where the checkpoint does.
   */
  public List<Drift> audit(Checkpoint checkpoint) {
    List<Account> all;
    synchronized (lock) {
      all = books.budgets().all(now());
    }
    var audit = new Audit(all, checkpoint);
    var tail = new Tail(checkpoint);
    JournalReader reader = journal.reader(checkpoint.position());
    tail.readTo(reader);
    synchronized (lock) {
      tail.readTo(reader);
      return audit.compare(tail, running.values(), books.budgets().all(now()));
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
      Map<Scope, Long> before = checkpoint.spent(budget.organisation(), budget.scope(), span);
      var tail = new Tail(checkpoint);
      JournalReader reader = journal.reader(checkpoint.position());
      tail.readTo(reader);
      synchronized (lock) {
        tail.readTo(reader);
        if (budget.spanAt(now()).equals(span)) {
          books.budgets().put(budget, span, tail.spent(budget, span, before));
          rebind();
          return;
        }
      }
    }
  }

  /** False if there was none. Calls under way keep nothing held in it. */
  public boolean remove(String organisation, Scope scope, Budget.Period period) {
    synchronized (lock) {
      boolean removed = books.budgets().remove(organisation, scope, period);
      rebind();
      return removed;
    }
  }

  /** Puts a rate limit in force, in place of one of the same scope and metric. */
  public void put(RateLimit limit) {
    synchronized (lock) {
      books.rates().put(limit);
    }
  }

  public boolean remove(String organisation, Scope scope, RateLimit.Metric metric) {
    synchronized (lock) {
      return books.rates().remove(organisation, scope, metric);
    }
  }

  /** Points every running attempt to the accounts in force, after these have changed. */
  private void rebind() {
    Instant now = now();
    running.replaceAll((_, each) -> {
      Hold hold = each.hold();
      List<Account> binding =
          books.budgets().binding(hold.organisation(), hold.scopes(), now).stream()
              .filter(account -> account.span().contains(hold.at()))
              .toList();
      for (Account account : binding) {
        if (!each.accounts().contains(account)) {
          account.hold(each.amountIn(account));
        }
      }
      return each.in(binding);
    });
  }

  private Running find(Hold hold) {
    Running found = running.get(hold.attempt());
    if (found == null) {
      throw new IllegalStateException("attempt " + hold.attempt() + " has ended already");
    }
    return found;
  }

  private Position end(Running ending, Entry.Ended last, Instant now) {
    Position position = journal.append(last);
    for (Account account : ending.accounts()) {
      account.release(ending.amountIn(account));
      account.spend(last.posted());
      Books.note(account, journal, now);
    }
    if (last instanceof Entry.Settled settled) {
      books.learn(ending, settled, now);
    }
    running.remove(last.hold().attempt());
    journal.running(running.size());
    return position;
  }

  /** Under the lock, or before anybody else has this object. */
  private Instant now() {
    latestMicros = Math.max(latestMicros, Micros.of(clock.instant()));
    return Micros.toInstant(latestMicros);
  }
}
