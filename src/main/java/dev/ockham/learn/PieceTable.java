package dev.ockham.learn;

import java.util.List;

/**
 * The pieces of a vocabulary, found by their characters: an open-addressing table over one
 * character array. What is compared lies side by side, so that a look-up costs two cache lines: a
 * slot holds the hash and where the piece's entry is; an entry is its number, its length, whether
 * it continues a word, and its characters.
 */
final class PieceTable {
  private static final int NONE = -1;
  private static final int PRIME = 0x01000193;
  private static final int CONTINUED = 0x5bd1e995;
  private static final int HEAD = 2;

  private final char[] entries;
  private final long[] slots;
  private final int longest;
  private final int unknown;

  PieceTable(List<String> vocabulary) {
    int size = vocabulary.size();
    if (size > Character.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The vocabulary has " + size + " pieces (expected: at most 65535)");
    }
    unknown = vocabulary.indexOf("[UNK]");
    if (unknown < 0) {
      throw new IllegalArgumentException("The vocabulary has no [UNK] piece");
    }
    // No entry begins at 0, so an empty slot is 0.
    var all = new StringBuilder(" ");
    slots = new long[Integer.highestOneBit(size) * 4];
    int longestSoFar = 1;
    for (int piece = 0; piece < size; piece++) {
      String text = vocabulary.get(piece);
      boolean continued = text.length() > 2 && text.startsWith("##");
      String word = continued ? text.substring(2) : text;
      insert(word, continued, all.length());
      all.append((char) piece).append((char) (word.length() * 2 + (continued ? 1 : 0)));
      all.append(word);
      longestSoFar = Math.max(longestSoFar, word.length());
    }
    entries = all.toString().toCharArray();
    longest = longestSoFar;
  }

  int unknown() {
    return unknown;
  }

  /** The number of the piece whose entry this is. */
  int piece(int entry) {
    return entries[entry];
  }

  int length(int entry) {
    return entries[entry + 1] >>> 1;
  }

  /**
   * The entry of the longest piece that {@code word[start, length)} begins with, or a negative
   * number.
   *
   * @param prefixHashes room for a number per character of the word
   */
  int longest(char[] word, int start, int length, int[] prefixHashes) {
    int end = Math.min(length, start + longest);
    int hash = start == 0 ? 0 : CONTINUED;
    for (int i = start; i < end; i++) {
      hash = (hash ^ word[i]) * PRIME;
      prefixHashes[i] = hash;
    }
    // From the whole word down: most words are one piece.
    for (int i = end; i > start; i--) {
      int found = find(word, start, i, prefixHashes[i - 1]);
      if (found != NONE) {
        return found;
      }
    }
    return NONE;
  }

  private int find(char[] word, int start, int end, int hash) {
    int slot = spread(hash);
    for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
      if ((int) (entry >>> Integer.SIZE) == hash && isAt((int) entry, word, start, end)) {
        return (int) entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  private boolean isAt(int entry, char[] word, int start, int end) {
    if (entries[entry + 1] != (end - start) * 2 + (start > 0 ? 1 : 0)) {
      return false;
    }
    int shift = entry + HEAD - start;
    for (int i = start; i < end; i++) {
      if (entries[shift + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private void insert(String word, boolean continued, int entry) {
    int hash = continued ? CONTINUED : 0;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * PRIME;
    }
    int slot = spread(hash);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = (long) hash << Integer.SIZE | entry;
  }

  private int spread(int hash) {
    return (hash ^ (hash >>> 15)) & (slots.length - 1);
  }
}
