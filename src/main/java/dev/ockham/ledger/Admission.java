package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a call fits every budget and every rate limit of its scopes, and what each of them holds
 * of it. Nothing is changed by asking.
 *
 * @param priced whether anybody knows what it costs
 * @param worst nanodollars
 * @param likely nanodollars; zero where no budget that holds it binds
 */
record Admission(
    List<Account> accounts,
    List<RateWindows.Limited> rates,
    boolean priced,
    long worst,
    long likely) {

  static Admission of(HoldRequest request, Books books, Instant now) {
    String organisation = request.caller().organisation();
    List<Account> accounts = books.budgets().binding(organisation, request.scopes(), now);
    Optional<Money> worst = request.quote().worstCost(now);
    long nanos = worst.map(Nanos::up).orElse(0L);
    long likely = 0;
    int permille = 0;
    for (Account account : accounts) {
      permille = Math.max(permille, permille(account.budget().mode()));
    }
    if (permille > 0 && nanos > 0) {
      likely = books.costs().likely(request, nanos, permille);
    }
    return new Admission(
        accounts,
        books.rates().binding(organisation, request.scopes()),
        worst.isPresent(),
        nanos,
        likely);
  }

  private static int permille(Mode mode) {
    return switch (mode) {
      case Mode.Strict() -> 0;
      case Mode.Quantile(int permille) -> permille;
      case Mode.Soft(), Mode.Observe() -> Mode.USUAL_PERMILLE;
    };
  }

  /** Why it may not be made. */
  Optional<BudgetRefusal> refusal(HoldRequest request, Instant now) {
    Optional<BudgetRefusal> no = request.watched() ? Optional.empty() : overBudget(request, now);
    return no.isPresent() ? no : overRate(request, now);
  }

  private Optional<BudgetRefusal> overBudget(HoldRequest request, Instant now) {
    for (Account account : accounts) {
      if (!priced && account.budget().mode().isHard()) {
        return Optional.of(
            new BudgetRefusal.PriceUnknown(account.budget().scope(), request.quote().model()));
      }
      Optional<BudgetRefusal> no = account.refuses(account.amount(worst, likely), now);
      if (no.isPresent()) {
        return no;
      }
    }
    return Optional.empty();
  }

  private Optional<BudgetRefusal> overRate(HoldRequest request, Instant now) {
    for (RateWindows.Limited each : rates) {
      Optional<BudgetRefusal> no = each.refuses(counted(each, request), now);
      if (no.isPresent()) {
        return no;
      }
    }
    return Optional.empty();
  }

  /** Sets it aside everywhere. */
  void take(HoldRequest request, Instant now) {
    for (Account account : accounts) {
      account.hold(account.amount(worst, likely));
      account.countRequest(now);
    }
    for (RateWindows.Limited each : rates) {
      each.window().add(now, counted(each, request));
    }
  }

  /**
   * What is left beside it.
   *
   * @param watched whether nothing is to be refused, so that no stream is cut either
   */
  HoldOutcome.Room room(boolean watched, Instant now) {
    if (accounts.isEmpty()) {
      return HoldOutcome.Room.UNBOUND;
    }
    Account tightest = null;
    long least = Long.MAX_VALUE;
    boolean toppedUp = false;
    List<Scope> over = new ArrayList<>();
    for (Account account : accounts) {
      long left = account.left(now);
      Mode mode = account.budget().mode();
      toppedUp |= mode instanceof Mode.Quantile && !watched;
      if (mode.isHard() && left < least) {
        tightest = account;
        least = left;
      } else if (mode instanceof Mode.Soft && left < account.amount(worst, likely)) {
        over.add(account.budget().scope());
      }
    }
    return new HoldOutcome.Room(
        Optional.ofNullable(tightest).map(account -> account.remaining(now)), over, toppedUp);
  }

  private static long counted(RateWindows.Limited each, HoldRequest request) {
    return switch (each.limit().metric()) {
      case REQUESTS -> request.retry() ? 0 : 1;
      case TOKENS -> RateWindows.tokens(request.quote().expected());
    };
  }
}
