package dev.ockham.dialect;

import dev.ockham.chat.Effort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a Gemini model tells of the requests it takes. A name that tells no generation
 * is taken for one of the newest.
 *
 * @param pro whether it is of the larger kind, which never stops to think
 */
record GeminiModel(Generation generation, boolean pro) {
  private static final Pattern NUMBER = Pattern.compile("gemini-(\\d+)(?:\\.(\\d+))?");

  enum Generation {
    /** Before 2.5: does not think. */
    PLAIN,
    /** 2.5: thinks up to a budget of tokens. */
    BUDGETS,
    /** From 3 on: thinks at a level, and checks the signatures of calls. */
    LEVELS
  }

  static GeminiModel of(String name) {
    Matcher number = NUMBER.matcher(name);
    var generation = name.contains("gemma") ? Generation.PLAIN : Generation.LEVELS;
    if (number.find() && number.group(1).length() == 1 && number.group(1).charAt(0) < '3') {
      boolean budgets = number.group(1).equals("2") && "5".equals(number.group(2));
      generation = budgets ? Generation.BUDGETS : Generation.PLAIN;
    }
    return new GeminiModel(generation, name.contains("-pro"));
  }

  /** Whether it refuses a call of an earlier answer that has no signature. */
  boolean wantsSignatures() {
    return generation == Generation.LEVELS;
  }

  /** Whether a function's result may show pictures. */
  boolean takesPicturesInResults() {
    return generation == Generation.LEVELS;
  }

  /** The least budget it takes. */
  long leastBudget() {
    return pro ? 128 : 0;
  }

  /** The word for an effort; the nearest where it knows none. */
  String level(Effort effort) {
    return switch (effort) {
      case NONE, MINIMAL -> pro ? "LOW" : "MINIMAL";
      case LOW -> "LOW";
      case MEDIUM -> "MEDIUM";
      case HIGH, XHIGH, MAX -> "HIGH";
    };
  }
}
