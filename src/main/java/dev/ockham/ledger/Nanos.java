package dev.ockham.ledger;

import dev.ockham.catalog.Money;

/** Between exact picodollars and the nanodollars that balances are kept in. */
public final class Nanos {
  private static final long PICOS = 1000;

  private Nanos() {}

  public static long up(Money money) {
    return -Math.floorDiv(-money.picos(), PICOS);
  }

  static long down(Money money) {
    return Math.floorDiv(money.picos(), PICOS);
  }

  /** To the nearest, halves up; {@link #remainder} is what this leaves. */
  static long rounded(Money money) {
    return Math.floorDiv(Math.addExact(money.picos(), PICOS / 2), PICOS);
  }

  static long remainder(Money money) {
    return money.picos() - rounded(money) * PICOS;
  }

  /**
   * @throws ArithmeticException above 9.2 million dollars
   */
  static Money toMoney(long nanos) {
    return new Money(Math.multiplyExact(nanos, PICOS));
  }
}
