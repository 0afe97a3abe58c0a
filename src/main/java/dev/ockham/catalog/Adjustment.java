package dev.ockham.catalog;

import java.math.BigInteger;

/**
 * What was agreed with a provider besides its list, or is added to it: a share of the listed cost.
 *
 * @param name {@code discount} or {@code markup}
 * @param partsPerMillion of the listed cost; negative takes off
 */
public record Adjustment(String name, long partsPerMillion) {
  public static final long MILLION = 1_000_000;
  private static final BigInteger DIVISOR = BigInteger.valueOf(MILLION);
  private static final BigInteger HALF = BigInteger.valueOf(MILLION / 2);

  public Adjustment {
    if (partsPerMillion < -MILLION || partsPerMillion > 10 * MILLION) {
      throw new IllegalArgumentException(
          name + " of " + partsPerMillion + " ppm (expected: -1000000 to 10000000)");
    }
  }

  /** Its part of a cost, to the nearest picodollar, halves away from zero. */
  public Money of(Money listed) {
    BigInteger exact =
        BigInteger.valueOf(listed.picos()).multiply(BigInteger.valueOf(partsPerMillion));
    BigInteger rounded =
        exact.signum() < 0
            ? exact.negate().add(HALF).divide(DIVISOR).negate()
            : exact.add(HALF).divide(DIVISOR);
    return new Money(rounded.longValueExact());
  }
}
