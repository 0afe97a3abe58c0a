package dev.ockham.chat;

import java.util.Locale;
import java.util.Optional;

/** How hard a model is asked to think, from not at all to as hard as it can. */
public enum Effort {
  NONE,
  MINIMAL,
  LOW,
  MEDIUM,
  HIGH,
  XHIGH,
  MAX;

  /** The word that all dialects have for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The effort of this word; empty for a word that is not known. */
  public static Optional<Effort> of(String word) {
    for (Effort effort : values()) {
      if (effort.word().equals(word)) {
        return Optional.of(effort);
      }
    }
    return Optional.empty();
  }

  /** This effort, or the nearest between the two. */
  public Effort within(Effort least, Effort most) {
    return compareTo(least) < 0 ? least : compareTo(most) > 0 ? most : this;
  }
}
