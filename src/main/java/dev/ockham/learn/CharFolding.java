package dev.ockham.learn;

import java.text.Normalizer;

/**
 * What each character is to the tokenizer, and what it is folded to (lower case, accent removed).
 */
final class CharFolding {
  static final int SPACE = 0;
  static final int WORD = 1;
  static final int ALONE = 2;
  static final int IGNORED = 3;

  /**
   * Below this, kinds and foldings are looked up; above are scripts whose letters seldom carry
   * accents.
   */
  private static final int TABLE = 0x2100;

  private final byte[] kinds = new byte[TABLE];
  private final char[] folded = new char[TABLE];

  CharFolding() {
    for (char c = 0; c < TABLE; c++) {
      kinds[c] = (byte) kindOf(c);
      folded[c] = foldOf(c);
    }
  }

  int kind(char c) {
    return c < TABLE ? kinds[c] : kindOf(c);
  }

  char fold(char c) {
    return c < TABLE ? folded[c] : c;
  }

  private static int kindOf(char c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c)) {
      return SPACE;
    }
    if (c == 0xFFFD || isUnseen(c)) {
      return IGNORED;
    }
    return isPunctuation(c) || isIdeograph(c) ? ALONE : WORD;
  }

  private static boolean isUnseen(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.NON_SPACING_MARK, Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  private static boolean isPunctuation(char c) {
    if (c < 128) {
      return c > ' ' && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(char c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0xF900 && c <= 0xFAFF);
  }

  private static char foldOf(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    String apart = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
    return Character.toLowerCase(apart.charAt(0));
  }
}
