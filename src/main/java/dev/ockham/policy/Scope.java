package dev.ockham.policy;

import java.util.Locale;

/** A part of the organisation that can have a budget, written {@code team:claims}. */
public record Scope(Kind kind, String name) {
  /** From the widest to the narrowest. */
  public enum Kind {
    ORG,
    TEAM,
    KEY;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code kind:name}.
   *
   * @throws IllegalArgumentException if it has no colon or an unknown kind
   */
  public static Scope parse(String text) {
    int colon = text.indexOf(':');
    for (Kind kind : Kind.values()) {
      if (colon > 0
          && colon < text.length() - 1
          && kind.wireName().equals(text.substring(0, colon))) {
        return new Scope(kind, text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException(
        "scope \"" + text + "\" (expected: org:NAME, team:NAME or key:NAME)");
  }

  @Override
  public String toString() {
    return kind.wireName() + ":" + name;
  }
}
