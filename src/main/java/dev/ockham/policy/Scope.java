package dev.ockham.policy;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can have a budget, written {@code team:claims}: a part of the organisation, from the widest
 * to the narrowest, or something that lies across it, such as a model or an agent's run. A name of
 * {@value #EACH} stands for every one of its kind, each on its own.
 *
 * @param name one line of at most {@value #LONGEST} bytes of UTF-8; a longer one is cut
 */
public record Scope(Kind kind, String name) {
  public static final String EACH = "*";

  private static final int LONGEST = 100;

  /** The tree from its root to a key, then what lies across it. */
  public enum Kind {
    ORG,
    UNIT,
    TEAM,
    PROJECT,
    USER,
    AGENT,
    KEY,
    TAG,
    PROVIDER,
    MODEL,
    LOCALITY,
    RUN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As it is written; never changes. */
    public String wireName() {
      return wireName;
    }

    /** Whether a key's record says so; the rest is seen at each request. */
    public boolean isOfKeys() {
      return compareTo(TAG) <= 0;
    }
  }

  public Scope {
    name = cut(name);
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name of a " + kind.wireName() + " (expected: one line that is not blank)");
    }
  }

  /**
   * Reads {@code kind:name} or {@code kind/name}.
   *
   * @throws IllegalArgumentException if it has neither sign or an unknown kind
   */
  public static Scope parse(String text) {
    int colon = separator(text);
    for (Kind kind : Kind.values()) {
      if (colon > 0
          && colon < text.length() - 1
          && kind.wireName().equals(text.substring(0, colon))) {
        return new Scope(kind, text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException(
        "scope \""
            + text
            + "\" (expected: "
            + Stream.of(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "))
            + ", each followed by a colon and a name, or by :* for every one)");
  }

  /** To what the ledger keeps, so that a name is the same there and here. */
  private static String cut(String name) {
    int bytes = 0;
    for (int at = 0; at < name.length(); ) {
      int point = name.codePointAt(at);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > LONGEST) {
        return name.substring(0, at);
      }
      at += Character.charCount(point);
    }
    return name;
  }

  private static int separator(String text) {
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    return colon < 0 || (slash >= 0 && slash < colon) ? slash : colon;
  }

  /** Whether it stands for every scope of its kind. */
  public boolean isEach() {
    return name.equals(EACH);
  }

  /** The scope that stands for every one of a kind. */
  public static Scope each(Kind kind) {
    return new Scope(kind, EACH);
  }

  @Override
  public String toString() {
    return kind.wireName() + ":" + name;
  }
}
