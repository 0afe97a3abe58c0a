package dev.ockham.chat;

/**
 * What a provider wants back unchanged to go on thinking: a signature, an encrypted thought. Only
 * the dialect it comes from can read it.
 *
 * @param origin the dialect of the provider that issued it
 * @param value in the origin's own form; to everyone else a text without meaning
 */
public record ReasoningState(Dialect origin, String value) {
  /** Prints no state. */
  @Override
  public String toString() {
    return "ReasoningState[" + origin + ", " + value.length() + " characters]";
  }
}
