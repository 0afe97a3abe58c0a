package dev.ockham.learn;

import java.util.List;

/**
 * Splits text into the pieces of an uncased BERT vocabulary: accents and case are folded,
 * punctuation stands alone, and each word becomes its longest known prefixes from left to right.
 * Works in one pass over the characters and allocates nothing per word.
 */
final class WordPiece {
  /** A word longer than this is one unknown piece, as the reference tokenizer has it. */
  private static final int LONGEST_WORD = 100;

  private final PieceTable pieces;
  private final CharFolding folding = new CharFolding();

  /** The vocabulary in order of piece number; continuations start with {@code ##}. */
  public WordPiece(List<String> vocabulary) {
    pieces = new PieceTable(vocabulary);
  }

  /** The piece number that stands for an unknown word. */
  public int unknown() {
    return pieces.unknown();
  }

  /**
   * Writes the piece numbers of {@code text[from, to)} to {@code out} and returns how many there
   * are. An array as long as the text always suffices; a shorter one ends the reading early.
   */
  public int split(CharSequence text, int from, int to, int[] out) {
    var word = new Word();
    int count = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (folding.kind(c)) {
        case CharFolding.WORD -> word.add(folding.fold(c));
        case CharFolding.IGNORED -> {}
        case CharFolding.ALONE -> {
          count = flush(word, out, count);
          word.add(folding.fold(c));
          count = flush(word, out, count);
        }
        default -> count = flush(word, out, count);
      }
    }
    return flush(word, out, count);
  }

  private int flush(Word word, int[] out, int count) {
    int length = word.length;
    word.length = 0;
    if (length == 0 || count == out.length) {
      return count;
    }
    if (length > LONGEST_WORD) {
      out[count] = pieces.unknown();
      return count + 1;
    }
    int start = 0;
    int next = count;
    while (start < length && next < out.length) {
      int found = pieces.longest(word.characters, start, length, word.prefixHashes);
      if (found < 0) {
        out[count] = pieces.unknown();
        return count + 1;
      }
      out[next++] = PieceTable.piece(found);
      start += PieceTable.length(found);
    }
    return next;
  }

  /** The word being read, and room for the table to work in. */
  private static final class Word {
    private final char[] characters = new char[LONGEST_WORD];
    private final long[] prefixHashes = new long[LONGEST_WORD];
    private int length;

    /** Characters beyond the longest word are counted only. */
    void add(char c) {
      if (length < LONGEST_WORD) {
        characters[length] = c;
      }
      length++;
    }
  }
}
