package dev.ockham.learn;

import java.util.Arrays;

/**
 * What a model of ask kinds reads: the encoder's vector of the ask alone; which cues stand in the
 * ask, in its leading clause, and in the matter that came along; a few signs; and its words, word
 * pairs and groups of four letters by hash. Nothing here counts how long a text is.
 */
public final class AskSigns {
  /** How many hashes are told apart. */
  public static final int BUCKETS = 1 << 14;

  static final int SIGNS = 7;
  private static final int GRAM = 4;
  private static final float OF_MATTER = 0.5f;

  /** Weighs a unit vector's components like single cues. */
  private static final float OF_VECTOR = 3;

  /** Dense inputs, in the order of the class comment. */
  final float[] dense;

  int[] buckets = new int[256];
  float[] values = new float[256];
  int count;

  AskSigns(AskScan scan, AskZones zones, CueGroups groups, Features ofAsk, String text) {
    float[] vector = ofAsk.vector();
    dense = Arrays.copyOf(vector, size(vector.length, groups.size));
    for (int d = 0; d < vector.length; d++) {
      dense[d] *= OF_VECTOR;
    }
    int at = vector.length;
    cues(scan, zones, groups, at);
    signs(scan, zones, text, at + 3 * groups.size);
    words(scan, zones);
    grams(scan, zones, text);
  }

  /** Vector, cues and signs. */
  public float[] dense() {
    return dense.clone();
  }

  /** The hashes that occur, as often as they do. */
  public int[] buckets() {
    return Arrays.copyOf(buckets, count);
  }

  /** What each occurrence counts. */
  public float[] values() {
    return Arrays.copyOf(values, count);
  }

  static int size(int dimensions, int groups) {
    return dimensions + 3 * groups + SIGNS;
  }

  private void cues(AskScan scan, AskZones zones, CueGroups groups, int at) {
    int[] inAsk = new int[groups.size];
    long lead = 0;
    long matter = 0;
    for (int w = 0; w < scan.words; w++) {
      long found = scan.cues[w] & ~groups.languages;
      if (found == 0) {
        continue;
      }
      if (!zones.ask[w]) {
        matter |= found;
        continue;
      }
      lead |= w >= zones.leadFrom && w < zones.leadTo ? found : 0;
      for (long rest = found; rest != 0; rest &= rest - 1) {
        inAsk[Long.numberOfTrailingZeros(rest)]++;
      }
    }
    for (int g = 0; g < groups.size; g++) {
      dense[at + g] = (float) Math.sqrt(Math.min(inAsk[g], 4));
      dense[at + groups.size + g] = (lead >>> g) & 1;
      dense[at + 2 * groups.size + g] = OF_MATTER * ((matter >>> g) & 1);
    }
  }

  private void signs(AskScan scan, AskZones zones, String text, int at) {
    int mathematics = 0;
    int digits = 0;
    boolean question = false;
    for (int w = 0; w < scan.words; w++) {
      if (!zones.ask[w]) {
        continue;
      }
      char first = text.charAt(scan.starts[w]);
      digits += first >= '0' && first <= '9' ? 1 : 0;
      int end = w + 1 < scan.words ? scan.starts[w + 1] : text.length();
      for (int i = scan.ends[w]; i < Math.min(end, scan.ends[w] + 4); i++) {
        char c = text.charAt(i);
        question |= c == '?' || c == '？';
        mathematics += isMathematical(c) ? 1 : 0;
      }
    }
    dense[at] = scan.fenced ? 1 : 0;
    dense[at + 1] = (float) Math.log1p(mathematics);
    dense[at + 2] = (float) Math.log1p(digits) / 2;
    dense[at + 3] = question ? 1 : 0;
    dense[at + 4] = zones.askWords < scan.words ? 1 : 0;
    dense[at + 5] = mathematics > 0 && zones.askWords == scan.words ? 1 : 0;
    dense[at + 6] = zones.leadFrom == 0 ? 1 : 0;
  }

  private static boolean isMathematical(char c) {
    return switch (c) {
      case '=',
          '^',
          '√',
          '∑',
          '∫',
          '≤',
          '≥',
          '≡',
          '²',
          '³',
          '∈',
          '∞',
          '→',
          '<',
          '>',
          '+',
          '×',
          '·',
          '−' ->
          true;
      default -> false;
    };
  }

  private void words(AskScan scan, AskZones zones) {
    float share = (float) (1 / Math.sqrt(Math.max(1, zones.askWords)));
    float leadShare = (float) (1 / Math.sqrt(Math.max(1, zones.leadTo - zones.leadFrom)));
    long before = 0;
    for (int w = 0; w < scan.words; w++) {
      if (!zones.ask[w]) {
        before = 0;
        continue;
      }
      long hash = scan.hashes[w];
      add(hash, share);
      add(CueTable.pair(before, hash), share);
      if (w >= zones.leadFrom && w < zones.leadTo) {
        add(CueTable.pair(hash, 1), leadShare);
      }
      before = hash;
    }
  }

  /** Groups of four letters, word ends included: they outlive a typo. */
  private void grams(AskScan scan, AskZones zones, String text) {
    int from = count;
    for (int w = 0; w < scan.words; w++) {
      if (!zones.ask[w]) {
        continue;
      }
      long window = '<';
      int end = scan.ends[w];
      for (int i = scan.starts[w]; i <= end; i++) {
        char c = i == end ? '>' : Character.toLowerCase(text.charAt(i));
        window = (window << Character.SIZE) | c;
        if (i - scan.starts[w] >= GRAM - 2) {
          add(window * 0x9e3779b97f4a7c15L, 1);
        }
      }
    }
    float share = (float) (1 / Math.sqrt(Math.max(1, count - from)));
    for (int i = from; i < count; i++) {
      values[i] = share;
    }
  }

  private void add(long hash, float value) {
    if (count == buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    long mixed = hash * 0xff51afd7ed558ccdL;
    buckets[count] = (int) (mixed >>> 50);
    values[count++] = value;
  }
}
