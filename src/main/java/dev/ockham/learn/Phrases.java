package dev.ockham.learn;

import java.util.Arrays;

/**
 * The words of an ask and their pairs, as numbers of buckets: each bucket once, however often its
 * words occur. What the mean of word vectors cannot tell (“not”, “except”, a turn of phrase) is
 * seen here.
 */
final class Phrases {
  /** How many buckets words and pairs are hashed into. */
  static final int BUCKETS = 1 << 15;

  private static final int MIX = 0x9E3779B1;

  private Phrases() {}

  /** The buckets of the pieces and of each two neighbours, in the order they occur. */
  static int[] of(int[] pieces, int count) {
    long[] seen = new long[BUCKETS / Long.SIZE];
    int[] buckets = new int[2 * count];
    int found = 0;
    int before = 0;
    for (int i = 0; i < count; i++) {
      int piece = pieces[i] + 1;
      found = note(piece * MIX, seen, buckets, found);
      if (i > 0) {
        found = note((before * 31 + piece) * MIX ^ before, seen, buckets, found);
      }
      before = piece;
    }
    return Arrays.copyOf(buckets, found);
  }

  private static int note(int hash, long[] seen, int[] buckets, int found) {
    int bucket = (hash ^ hash >>> 15) >>> 17 & BUCKETS - 1;
    long bit = 1L << bucket;
    if ((seen[bucket >> 6] & bit) != 0) {
      return found;
    }
    seen[bucket >> 6] |= bit;
    buckets[found] = bucket;
    return found + 1;
  }
}
