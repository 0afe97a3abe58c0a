package dev.ockham.learn;

/**
 * Counts over a text that its words do not tell: length, digits, operators, code, options. One
 * pass, no allocation.
 */
final class TextShape {
  /** How many numbers describe a text's shape. */
  static final int SIZE = 14;

  /** Which of them is the root of the share of characters beyond ASCII. */
  static final int BEYOND_ASCII = 8;

  /** Most of a text: what is not counted, told by one look. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      PLAIN[c] = true;
    }
    for (char c : new char[] {' ', ',', '.'}) {
      PLAIN[c] = true;
    }
  }

  private int digits;
  private int operators;
  private int capitals;
  private int code;
  private int lines;
  private int questions;
  private int options;
  private int backslashes;
  private int beyondAscii;
  private int quotes;
  private int numbers;
  private int read;

  /** Counts {@code text[from, to)}. */
  void count(CharSequence text, int from, int to) {
    char before = '\n';
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 128 && PLAIN[c]) {
        before = c;
        continue;
      }
      if (c >= '0' && c <= '9') {
        digits++;
        numbers += before >= '0' && before <= '9' ? 0 : 1;
      } else if (c >= 'A' && c <= 'Z') {
        capitals++;
        options += before == '\n' && i + 1 < to && isOptionMark(text.charAt(i + 1)) ? 1 : 0;
      } else if (c >= 128) {
        beyondAscii++;
      } else {
        countSign(c);
      }
      before = c;
    }
    read += to - from;
  }

  private static boolean isOptionMark(char c) {
    return c == '.' || c == ')' || c == ':';
  }

  private void countSign(char c) {
    switch (c) {
      case '+', '-', '*', '/', '=', '^', '<', '>', '%', '$' -> operators++;
      case '{', '}', ';', '_', '[', ']', '#', '`', '|' -> code++;
      case '\n' -> lines++;
      case '?' -> questions++;
      case '\\' -> backslashes++;
      case '"', '\'' -> quotes++;
      default -> {}
    }
  }

  /**
   * The shape of a text of so many characters that was read as so many pieces. Each number is about
   * 0 to 2.
   */
  float[] toArray(int characters, int pieces) {
    float length = Math.max(read, 1);
    return new float[] {
      logarithm(characters) / 5,
      logarithm(pieces) / 5,
      Math.min(2, pieces * 3 / length),
      share(digits, length),
      share(operators, length),
      share(capitals, length),
      share(code, length),
      share(backslashes, length),
      share(beyondAscii, length),
      logarithm(lines) / 3,
      logarithm(questions),
      logarithm(options) / 2,
      logarithm(numbers) / 3,
      logarithm(quotes) / 2
    };
  }

  /** Square roots keep a few signs visible and many from shouting. */
  private static float share(int count, float length) {
    return (float) Math.sqrt(count / length);
  }

  private static float logarithm(int count) {
    return (float) Math.log1p(count);
  }
}
