package dev.ockham.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Claude model takes, which its version tells. A model whose name tells none is taken for a
 * new one in what it is asked, and for an old one in what it is shown.
 *
 * @param version major and minor number as one, such as 405; 0 if the name tells none
 */
record ClaudeModel(int version) {
  private static final Pattern NAME =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");

  private static final int FIRST_THINKING = 307;
  private static final int FIRST_ADAPTIVE = 406;
  private static final int FIRST_LATER_INSTRUCTIONS = 408;

  static ClaudeModel of(String model) {
    Matcher name = NAME.matcher(model);
    if (!name.find()) {
      return new ClaudeModel(0);
    }
    int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    return new ClaudeModel(100 * Integer.parseInt(name.group(1)) + minor);
  }

  boolean thinks() {
    return version == 0 || version >= FIRST_THINKING;
  }

  /** Whether it decides itself how much to think, and is told an effort and not a budget. */
  boolean isAdaptive() {
    return version == 0 || version >= FIRST_ADAPTIVE;
  }

  /** Whether {@code system} messages may stand between the others. */
  boolean takesLaterInstructions() {
    return version >= FIRST_LATER_INSTRUCTIONS;
  }
}
