package dev.ockham.learn;

import java.util.List;

/**
 * The pieces of a vocabulary, found by a fingerprint of their characters: an open-addressing table
 * in which a look-up costs one cache line. A slot holds 40 bits of the fingerprint, the piece's
 * length and its number. Two texts with one fingerprint are taken for the same piece; within the
 * vocabulary there are none, and another text has one in 10¹² look-ups.
 */
final class PieceTable {
  private static final int NONE = -1;
  private static final long EMPTY = 0;
  private static final long SEED = 0xcbf29ce484222325L;
  private static final long CONTINUED = 0x9e3779b97f4a7c15L;
  private static final long PRIME = 0x100000001b3L;
  private static final int TAG_SHIFT = 24;
  private static final long TAG = -1L << TAG_SHIFT;
  private static final int MOST_PIECES = 1 << Character.SIZE;
  private static final long PIECE = MOST_PIECES - 1;
  private static final int LONGEST = 0xFF;

  private final long[] slots;
  private final int longest;
  private final int unknown;

  PieceTable(List<String> vocabulary) {
    int size = vocabulary.size();
    unknown = vocabulary.indexOf("[UNK]");
    if (unknown < 0 || size > MOST_PIECES) {
      throw new IllegalArgumentException(
          "The vocabulary has "
              + size
              + " pieces and [UNK] at "
              + unknown
              + " (expected: at most 65536 pieces, [UNK] among them)");
    }
    slots = new long[Integer.highestOneBit(size) * 4];
    int longestSoFar = 1;
    for (int piece = 0; piece < size; piece++) {
      String text = vocabulary.get(piece);
      boolean continued = text.length() > 2 && text.startsWith("##");
      String word = continued ? text.substring(2) : text;
      if (!word.isEmpty() && word.length() <= LONGEST) {
        insert(word, continued, piece);
        longestSoFar = Math.max(longestSoFar, word.length());
      }
    }
    longest = longestSoFar;
  }

  int unknown() {
    return unknown;
  }

  /** The piece of something found. */
  static int piece(int found) {
    return found & (MOST_PIECES - 1);
  }

  /** How many characters something found has. */
  static int length(int found) {
    return found >>> Character.SIZE;
  }

  /**
   * Finds the longest piece that {@code word[start, length)} begins with; negative if there is
   * none.
   *
   * @param prefixHashes room for a number per character of the word
   */
  int longest(char[] word, int start, int length, long[] prefixHashes) {
    int end = Math.min(length, start + longest);
    long hash = start == 0 ? SEED : CONTINUED;
    for (int i = start; i < end; i++) {
      hash = (hash ^ word[i]) * PRIME;
      prefixHashes[i] = hash;
    }
    // From the whole word down: most words are one piece.
    for (int i = end; i > start; i--) {
      int found = find(prefixHashes[i - 1], i - start);
      if (found != NONE) {
        return found;
      }
    }
    return NONE;
  }

  private int find(long hash, int length) {
    long wanted = (hash & TAG) | ((long) length << Character.SIZE);
    int at = place(hash);
    for (long slot = slots[at]; slot != EMPTY; slot = slots[at]) {
      if ((slot & ~PIECE) == wanted) {
        return (int) (slot & ~TAG);
      }
      at = (at + 1) & (slots.length - 1);
    }
    return NONE;
  }

  private void insert(String word, boolean continued, int piece) {
    long hash = continued ? CONTINUED : SEED;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * PRIME;
    }
    if (find(hash, word.length()) != NONE) {
      throw new IllegalArgumentException("Piece " + piece + " is in the vocabulary twice");
    }
    int at = place(hash);
    while (slots[at] != EMPTY) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = (hash & TAG) | ((long) word.length() << Character.SIZE) | piece;
  }

  private int place(long hash) {
    long mixed = (hash ^ (hash >>> Integer.SIZE)) * PRIME;
    return (int) (mixed >>> Character.SIZE) & (slots.length - 1);
  }
}
