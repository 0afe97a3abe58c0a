package dev.ockham.catalog;

import java.math.BigDecimal;

/**
 * An amount of US dollars, exact, in whole picodollars (10⁻¹² dollars): the unit in which a price
 * per token is an integer. A {@code long} holds 9.2 million dollars; arithmetic that would go past
 * that throws {@link ArithmeticException}. Sums over many requests are kept in nanodollars by the
 * ledger.
 */
public record Money(long picos) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);
  private static final int SCALE = 12;

  /**
   * Reads a decimal number of dollars such as {@code 0.0125}.
   *
   * @throws NumberFormatException if it is no decimal number
   * @throws ArithmeticException if it is finer than a picodollar or larger than can be held
   */
  public static Money ofDollars(String decimal) {
    return new Money(new BigDecimal(decimal).movePointRight(SCALE).longValueExact());
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(picos, other.picos));
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(picos, other.picos));
  }

  public Money times(long factor) {
    return new Money(Math.multiplyExact(picos, factor));
  }

  public boolean isNegative() {
    return picos < 0;
  }

  /** Dollars as a plain decimal string without trailing zeros, for our API and files. */
  public String toDecimalString() {
    BigDecimal dollars = BigDecimal.valueOf(picos, SCALE).stripTrailingZeros();
    return dollars.scale() < 0 ? dollars.setScale(0).toPlainString() : dollars.toPlainString();
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(picos, other.picos);
  }

  @Override
  public String toString() {
    return "$" + toDecimalString();
  }
}
