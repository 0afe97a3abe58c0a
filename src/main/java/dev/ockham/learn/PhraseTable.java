package dev.ockham.learn;

/**
 * What each bucket of {@link Phrases} adds to each model's estimate: one byte a model, with a scale
 * per model. The sum is divided by the root of the number of buckets, so that long asks do not
 * shout.
 */
final class PhraseTable {
  /** Weights without phrases have this. */
  static final PhraseTable NONE = new PhraseTable(new byte[0], new float[0]);

  private final byte[] table;
  private final float[] scales;

  /**
   * @param table bucket by bucket, a byte per model
   * @param scales per model; none: no bucket adds anything
   */
  PhraseTable(byte[] table, float[] scales) {
    this.table = table.clone();
    this.scales = scales.clone();
  }

  /** Whether it has a byte for each bucket and model, or is empty. */
  boolean fits(int models) {
    return scales.length == 0
        ? table.length == 0
        : scales.length == models && table.length == models * Phrases.BUCKETS;
  }

  /** Adds what the phrases of an ask say to the estimates. */
  void addTo(float[] estimates, Features features) {
    if (scales.length == 0) {
      return;
    }
    int[] buckets = features.phrases();
    int[] sums = new int[scales.length];
    for (int bucket : buckets) {
      int at = bucket * sums.length;
      for (int m = 0; m < sums.length; m++) {
        sums[m] += table[at + m];
      }
    }
    float factor = (float) (1 / Math.sqrt(Math.max(1, buckets.length)));
    for (int m = 0; m < sums.length; m++) {
      estimates[m] += factor * scales[m] * sums[m];
    }
  }
}
