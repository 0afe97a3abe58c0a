package dev.ockham.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model at OpenAI takes, which its name tells; of a name it did not give, such as that of a
 * deployment, nothing is known, and it is asked what the client asked.
 *
 * @param version major and minor number as one, such as 506; 0 if unknown
 */
record OpenAiModel(int version, boolean reasons) {
  private static final Pattern GPT =
      Pattern.compile("^(?:chatgpt|gpt)-(\\d{1,2})(?:\\.(\\d{1,2}))?(?!\\d)");
  private static final Pattern REASONING = Pattern.compile("^o\\d");

  private static final int FIRST_REASONING = 500;
  private static final int FIRST_WITH_CACHE_MARKS = 506;
  private static final OpenAiModel UNKNOWN = new OpenAiModel(0, false);

  static OpenAiModel of(Target target) {
    if (target.server() != ChatServer.OPENAI) {
      return UNKNOWN;
    }
    if (REASONING.matcher(target.model()).find()) {
      return new OpenAiModel(0, true);
    }
    Matcher gpt = GPT.matcher(target.model());
    if (!gpt.find()) {
      return UNKNOWN;
    }
    int minor = gpt.group(2) == null ? 0 : Integer.parseInt(gpt.group(2));
    int version = 100 * Integer.parseInt(gpt.group(1)) + minor;
    return new OpenAiModel(version, version >= FIRST_REASONING);
  }

  /** Whether it answers an error to being asked for effort. */
  boolean refusesEffort() {
    return version > 0 && !reasons;
  }

  /** Whether it answers an error to a temperature, as it reasons. */
  boolean refusesSampling() {
    return reasons;
  }

  boolean takesCacheMarks() {
    return version >= FIRST_WITH_CACHE_MARKS;
  }
}
