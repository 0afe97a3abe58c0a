package dev.ockham.learn;

import java.util.List;

/**
 * Splits text into the pieces of an uncased BERT vocabulary: accents and case are folded,
 * punctuation stands alone, and each word becomes its longest known prefixes from left to right.
 * Works in one pass over the characters and allocates nothing per word.
 */
public final class WordPiece {
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
    char[] word = new char[LONGEST_WORD];
    int length = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (folding.kind(c)) {
        case CharFolding.WORD -> {
          if (length < LONGEST_WORD) {
            word[length] = folding.fold(c);
          }
          length++;
        }
        case CharFolding.IGNORED -> {}
        case CharFolding.ALONE -> {
          count = flush(word, length, out, count);
          word[0] = folding.fold(c);
          count = flush(word, 1, out, count);
          length = 0;
        }
        default -> {
          count = flush(word, length, out, count);
          length = 0;
        }
      }
    }
    return flush(word, length, out, count);
  }

  private int flush(char[] word, int length, int[] out, int count) {
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
      int found = pieces.longest(word, start, length);
      if (found < 0) {
        out[count] = pieces.unknown();
        return count + 1;
      }
      out[next++] = found;
      start += pieces.length(found);
    }
    return next;
  }
}
