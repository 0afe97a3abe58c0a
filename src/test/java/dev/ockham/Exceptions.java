package dev.ockham;

import java.util.Map;

/**
 * What is allowed to break a rule of the house, each with its reason. Keep it short: an entry that
 * is no longer needed fails {@link SourceRulesTest}.
 */
final class Exceptions {
  /** Keys are a rule's name and the simple name of a class or file, apart by a space. */
  static final Map<String, String> REASONS = Map.of();

  private Exceptions() {}

  static boolean allow(String rule, String name) {
    return REASONS.containsKey(rule + " " + name);
  }
}
