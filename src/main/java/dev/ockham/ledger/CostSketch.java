package dev.ockham.ledger;

/**
 * What calls of one kind really cost, as shares of their worst case: counts in buckets of which
 * eight double the share, so that a quantile is read at most an eighth too high and never too low.
 * The newest calls count most: when there are many, all counts are halved. Its owner's lock guards
 * it.
 */
final class CostSketch {
  /** A share of one. */
  private static final int SHIFT = 16;

  private static final long WHOLE = 1L << SHIFT;
  private static final int EXACT = 16;
  private static final int BUCKETS = EXACT + 8 * (SHIFT - 3);
  private static final int HALVE_AT = 2_048;

  private final int[] counts = new int[BUCKETS];
  private int total;

  int total() {
    return total;
  }

  void add(long cost, long worst) {
    if (worst <= 0) {
      return;
    }
    counts[bucket(share(cost, worst))]++;
    total++;
    if (total >= HALVE_AT) {
      halve();
    }
  }

  /** What so many in a thousand such calls cost no more than, of this worst case. */
  long quantile(int permille, long worst) {
    long wanted = Math.ceilDiv((long) total * permille, 1000);
    long seen = 0;
    int bucket = 0;
    for (; bucket < BUCKETS - 1; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted) {
        break;
      }
    }
    return Math.min(worst, ofShare(top(bucket), worst));
  }

  private void halve() {
    total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] >>= 1;
      total += counts[i];
    }
  }

  /** Rounded up. */
  private static long share(long cost, long worst) {
    if (cost >= worst) {
      return WHOLE;
    }
    int drop = worst >> (Long.SIZE - SHIFT - 2) == 0 ? 0 : SHIFT; // so that the product fits
    return Math.min(WHOLE, Math.ceilDiv((cost >> drop) << SHIFT, worst >> drop));
  }

  private static long ofShare(long share, long worst) {
    long high = (worst >> SHIFT) * share;
    return high + (((worst & (WHOLE - 1)) * share) >> SHIFT) + 1;
  }

  private static int bucket(long share) {
    if (share < EXACT) {
      return (int) share;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(share);
    int eighth = (int) (share >> (exponent - 3)) & 7;
    return Math.min(BUCKETS - 1, EXACT + (exponent - 4) * 8 + eighth);
  }

  /** The largest share that falls into a bucket. */
  private static long top(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int exponent = 4 + (bucket - EXACT) / 8;
    int eighth = (bucket - EXACT) % 8;
    return Math.min(WHOLE, ((8L + eighth + 1) << (exponent - 3)) - 1);
  }
}
