package dev.ockham.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words that tell what an ask demands or which language it is in, in named groups (at most 64): a
 * word, a beginning of words ({@code translat*}) or two words in a row ({@code trade-off}). Found
 * by hash, one look-up per character of a word.
 */
final class CueTable {
  /** Groups of this prefix tell a language by its commonest words. */
  static final String LANGUAGE = "language-";

  private static final long SEED = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int MOST_GROUPS = Long.SIZE;

  private final List<String> groups = new ArrayList<>();
  private final HashMasks words = new HashMasks();
  private final HashMasks stems = new HashMasks();
  private final HashMasks pairs = new HashMasks();
  private final CharFolding folding;

  /**
   * @param lines {@code group: entry entry …}, in the notation above
   */
  CueTable(List<String> lines, CharFolding folding) {
    this.folding = folding;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        add(line.substring(0, colon), line.substring(colon + 1).strip().split("\\s+", -1));
      }
    }
  }

  private void add(String group, String[] entries) {
    if (groups.size() == MOST_GROUPS) {
      throw new IllegalArgumentException("Too many cue groups (expected: at most 64)");
    }
    long mask = 1L << groups.size();
    groups.add(group);
    for (String entry : entries) {
      boolean stem = entry.endsWith("*");
      String[] parts = (stem ? entry.substring(0, entry.length() - 1) : entry).split("-", -1);
      String last = parts[parts.length - 1];
      if (parts.length > 1) {
        pairs.add(pair(hash(parts[parts.length - 2]), hash(last)), mask);
      } else if (stem) {
        stems.add(hash(last), mask);
      } else {
        words.add(hash(last), mask);
      }
    }
  }

  List<String> groups() {
    return List.copyOf(groups);
  }

  int indexOf(String group) {
    return groups.indexOf(group);
  }

  /** The groups of languages, as a mask. */
  long languages() {
    long mask = 0;
    for (int g = 0; g < groups.size(); g++) {
      mask |= groups.get(g).startsWith(LANGUAGE) ? 1L << g : 0;
    }
    return mask;
  }

  static long start() {
    return SEED;
  }

  /** The hash of a word with one more (folded) character. */
  static long next(long hash, char c) {
    return (hash ^ c) * PRIME;
  }

  static long pair(long first, long second) {
    return (first * 31 ^ second) * PRIME;
  }

  /** Groups of a beginning of a word. */
  long ofStem(long hash) {
    return stems.get(hash);
  }

  /** Groups of a whole word, and of the two words it ends. */
  long ofWord(long before, long hash) {
    return words.get(hash) | pairs.get(pair(before, hash));
  }

  private long hash(String word) {
    long hash = SEED;
    String lower = word.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      hash = c == '\'' ? hash : next(hash, folding.fold(c));
    }
    return hash;
  }

  /** An open-addressing table from hashes to masks. */
  private static final class HashMasks {
    private long[] keys = new long[1 << 9];
    private long[] masks = new long[1 << 9];
    private int size;

    void add(long key, long mask) {
      if (2 * size >= keys.length) {
        grow();
      }
      int at = place(key);
      size += keys[at] == 0 ? 1 : 0;
      keys[at] = key;
      masks[at] |= mask;
    }

    long get(long key) {
      return masks[place(key)];
    }

    private int place(long key) {
      int at = (int) (key ^ (key >>> Integer.SIZE)) & (keys.length - 1);
      while (keys[at] != 0 && keys[at] != key) {
        at = (at + 1) & (keys.length - 1);
      }
      return at;
    }

    private void grow() {
      long[] oldKeys = keys;
      long[] oldMasks = masks;
      keys = new long[2 * oldKeys.length];
      masks = new long[2 * oldKeys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int at = place(oldKeys[i]);
          keys[at] = oldKeys[i];
          masks[at] = oldMasks[i];
        }
      }
    }
  }
}
