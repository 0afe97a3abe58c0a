package dev.ockham.learn;

import java.util.Arrays;
import java.util.List;

/**
 * The pieces of a vocabulary, found by their characters: an open-addressing table over one
 * character array.
 */
final class PieceTable {
  private static final int EMPTY = -1;
  private static final int PRIME = 0x01000193;
  private static final int CONTINUED = 0x5bd1e995;

  private final char[] characters;
  private final int[] starts;
  private final boolean[] continued;
  private final int[] slots;
  private final int[] hashes;
  private final int longest;
  private final int unknown;

  PieceTable(List<String> vocabulary) {
    int size = vocabulary.size();
    StringBuilder all = new StringBuilder();
    starts = new int[size + 1];
    continued = new boolean[size];
    slots = new int[Integer.highestOneBit(Math.max(size, 1)) * 4];
    hashes = new int[slots.length];
    Arrays.fill(slots, EMPTY);
    int longestSoFar = 1;
    for (int piece = 0; piece < size; piece++) {
      String text = vocabulary.get(piece);
      continued[piece] = text.length() > 2 && text.startsWith("##");
      all.append(continued[piece] ? text.substring(2) : text);
      starts[piece + 1] = all.length();
      longestSoFar = Math.max(longestSoFar, length(piece));
    }
    characters = all.toString().toCharArray();
    longest = longestSoFar;
    unknown = vocabulary.indexOf("[UNK]");
    if (unknown < 0) {
      throw new IllegalArgumentException("The vocabulary has no [UNK] piece");
    }
    for (int piece = 0; piece < size; piece++) {
      insert(piece);
    }
  }

  int unknown() {
    return unknown;
  }

  int length(int piece) {
    return starts[piece + 1] - starts[piece];
  }

  /**
   * The longest piece that {@code word[start, length)} begins with, or a negative number.
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
      if (found != EMPTY) {
        return found;
      }
    }
    return EMPTY;
  }

  private int find(char[] word, int start, int end, int hash) {
    int slot = spread(hash);
    while (slots[slot] != EMPTY) {
      int piece = slots[slot];
      if (hashes[slot] == hash
          && length(piece) == end - start
          && continued[piece] == (start > 0)
          && Arrays.equals(characters, starts[piece], starts[piece + 1], word, start, end)) {
        return piece;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return EMPTY;
  }

  private void insert(int piece) {
    int hash = continued[piece] ? CONTINUED : 0;
    for (int i = starts[piece]; i < starts[piece + 1]; i++) {
      hash = (hash ^ characters[i]) * PRIME;
    }
    int slot = spread(hash);
    while (slots[slot] != EMPTY) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = piece;
    hashes[slot] = hash;
  }

  private int spread(int hash) {
    return (hash ^ (hash >>> 15)) & (slots.length - 1);
  }
}
