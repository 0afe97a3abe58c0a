package dev.ockham.learn;

/**
 * Finds a beginning of a text that is no language: strings of signs, broken words and settings that
 * are put before an ask to make a router think it difficult.
 */
final class NoisePrefix {
  private static final int MOST_TOKENS = 40;
  private static final int FEWEST_NOISY = 3;
  private static final double NOISY_SHARE = 0.3;
  private static final int LONGEST = 600;
  private static final String ODD_SIGNS = "\\{}[]~|#*";

  private NoisePrefix() {}

  /** Where the text begins that is left without it; 0 where there is none. */
  static int end(String text) {
    int limit = Math.min(text.length(), LONGEST);
    int tokens = 0;
    int noisy = 0;
    int end = 0;
    int i = 0;
    while (i < limit && tokens < MOST_TOKENS) {
      int from = i;
      while (i < limit && !Character.isWhitespace(text.charAt(i))) {
        i++;
      }
      if (i > from) {
        tokens++;
        if (isNoise(text, from, i)) {
          noisy++;
          end = noisy >= FEWEST_NOISY && noisy >= NOISY_SHARE * tokens ? i : end;
        }
      }
      i++;
    }
    return end;
  }

  private static boolean isNoise(String text, int from, int to) {
    int letters = 0;
    int vowels = 0;
    int odd = 0;
    boolean setting = false;
    boolean humped = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        letters++;
        vowels += "aeiouyAEIOUY".indexOf(c) >= 0 || c >= 128 ? 1 : 0;
        humped |= i > from && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
      }
      odd += ODD_SIGNS.indexOf(c) >= 0 ? 1 : 0;
      setting |= c == '=' && i > from && Character.isLetter(text.charAt(i - 1));
    }
    boolean onlySigns = letters == 0 && to - from >= 2 && !Character.isDigit(text.charAt(from));
    boolean unspeakable = letters >= 4 && vowels == 0;
    return odd > 0 || setting || humped || onlySigns || unspeakable;
  }
}
