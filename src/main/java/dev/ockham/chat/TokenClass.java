package dev.ockham.chat;

/**
 * The disjoint classes that tokens are counted and priced in. A provider's inclusive counts are
 * taken apart where they are read, so that the classes of one {@link Usage} can be added up.
 */
public enum TokenClass {
  /** Input that was neither read from nor written to a prompt cache. */
  INPUT("input"),
  CACHE_READ("cache_read"),
  CACHE_WRITE_5M("cache_write_5m"),
  CACHE_WRITE_1H("cache_write_1h"),
  /** Output the client can see. */
  OUTPUT("output"),
  REASONING("reasoning");

  private final String wireName;

  TokenClass(String wireName) {
    this.wireName = wireName;
  }

  /** The name in our API and files; never changes. */
  public String wireName() {
    return wireName;
  }

  public boolean isInput() {
    return this != OUTPUT && this != REASONING;
  }
}
