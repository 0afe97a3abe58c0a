package dev.ockham.ledger;

import java.time.Instant;

/**
 * The few rules that an account is kept by, in nanodollars, each a function of its own: a
 * simulation that does not notice one broken would prove nothing, so tests break each of them.
 */
interface AccountRules {
  AccountRules EXACT = new AccountRules() {};

  /** What may still be set aside: what is held may all be spent. */
  default long left(long limit, long spent, long held) {
    return limit - Math.addExact(spent, held);
  }

  default boolean fits(long amount, long left) {
    return amount <= left;
  }

  default long afterHold(long held, long amount) {
    return Math.addExact(held, amount);
  }

  default long afterRelease(long held, long amount) {
    return held - amount;
  }

  default long afterSpending(long spent, long posted) {
    return Math.addExact(spent, posted);
  }

  /** A period is an account of its own. */
  default boolean endsBy(Budget.Span span, Instant now) {
    return span.isOverAt(now);
  }

  /** What a period begins with. */
  default long begunWith(long spentBefore) {
    return 0;
  }
}
