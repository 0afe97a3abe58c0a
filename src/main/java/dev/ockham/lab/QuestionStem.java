package dev.ockham.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes two questions the same: the text before the options, lower-cased, punctuation removed.
 * Variants of a question with other options, or in another dress, share a stem and never stand on
 * both sides of a split.
 */
record QuestionStem(String text) {
  private static final Pattern OPTIONS =
      Pattern.compile("(?s)(?:^|\\n)\\s*\\(?A[.):]\\s.*?\\n\\s*\\(?B[.):]\\s");

  /** The stem of a whole prompt. */
  public static QuestionStem of(String prompt) {
    Matcher options = OPTIONS.matcher(prompt);
    String question = options.find() ? prompt.substring(0, options.start()) : prompt;
    StringBuilder letters = new StringBuilder(question.length());
    question.codePoints().forEach(c -> appendFolded(letters, c));
    int end = letters.length();
    while (end > 0 && letters.charAt(end - 1) == ' ') {
      end--;
    }
    return new QuestionStem(letters.substring(0, end));
  }

  private static void appendFolded(StringBuilder letters, int c) {
    if (Character.isLetterOrDigit(c)) {
      letters.appendCodePoint(Character.toLowerCase(c));
    } else if ((Character.isWhitespace(c) || Character.isSpaceChar(c))
        && !letters.isEmpty()
        && letters.charAt(letters.length() - 1) != ' ') {
      letters.append(' ');
    }
  }

  /** SHA-256 of the stem's UTF-8, as 64 hexadecimal digits. */
  public String sha256() {
    return HexFormat.of().formatHex(digest());
  }

  /** The first 64 bits of the stem's SHA-256. */
  public long digest64() {
    return ByteBuffer.wrap(digest()).getLong();
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
