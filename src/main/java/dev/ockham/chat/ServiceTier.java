package dev.ockham.chat;

/** How urgently a provider is asked to serve, which it prices differently. */
public enum ServiceTier {
  /** The provider chooses. */
  AUTO("auto"),
  STANDARD("standard"),
  /** Cheaper, and may wait. */
  FLEX("flex"),
  /** Dearer, and served first. */
  PRIORITY("priority"),
  /** Cheaper, and answered within a day; asked for by another path, never in a request. */
  BATCH("batch"),
  /** Dearer, and written faster; told with the usage. */
  FAST("fast");

  private final String wireName;

  ServiceTier(String wireName) {
    this.wireName = wireName;
  }

  /** The name in our API and files; never changes. */
  public String wireName() {
    return wireName;
  }
}
