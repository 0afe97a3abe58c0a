package dev.ockham.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An attempt under way and where it is held.
 *
 * @param rates whose counts are put right when it has ended
 * @param leaseEnds in the time of {@link Accounts#sweep}, nanoseconds
 */
record Running(
    OpenAttempt attempt, List<Account> accounts, List<RateWindows.Limited> rates, long leaseEnds) {

  /** One that nobody here has begun, and that nobody here is to be waited for. */
  static Running goingOn(OpenAttempt attempt) {
    return new Running(attempt, List.of(), List.of(), Long.MAX_VALUE);
  }

  Hold hold() {
    return attempt.hold();
  }

  /** What this account holds of it. */
  long amountIn(Account account) {
    return account.amount(hold().nanos(), hold().likely());
  }

  /** Of the accounts that top-ups must fit into, the one with the least left. */
  Optional<Account> tightestToTopUp(Instant now) {
    return accounts.stream()
        .filter(account -> account.budget().mode() instanceof Mode.Quantile)
        .min(Comparator.comparingLong(account -> account.left(now)));
  }

  Optional<Remaining> remaining(Instant now) {
    return new Admission(accounts, List.of(), true, 0, 0).room(true, now).tightest();
  }

  Running with(OpenAttempt other) {
    return new Running(other, accounts, rates, leaseEnds);
  }

  Running in(List<Account> others) {
    return new Running(attempt, others, rates, leaseEnds);
  }
}
