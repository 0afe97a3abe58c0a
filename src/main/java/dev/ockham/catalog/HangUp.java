package dev.ockham.catalog;

import java.util.Locale;

/** What is done with a provider's call when its client has left. */
public enum HangUp {
  /** It is hung up on, and what was seen of its answer is booked as an estimate. */
  CANCEL,
  /** Its answer is read to the end, so that what it reports is booked. */
  DRAIN,
  /** It is hung up on, and nothing is booked: for who bills no answer that was not fetched. */
  FREE;

  /** The name in configuration; never changes. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
