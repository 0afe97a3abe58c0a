package dev.ockham.chat;

/**
 * The disjoint classes that usage is counted and priced in. A provider's inclusive counts are taken
 * apart where they are read, so that the classes of one {@link Usage} can be added up. All but the
 * last two are tokens.
 */
public enum TokenClass {
  /** Text that was neither read from nor written to a prompt cache. */
  INPUT("input", Side.INPUT),
  CACHE_READ("cache_read", Side.INPUT),
  CACHE_WRITE_5M("cache_write_5m", Side.INPUT),
  CACHE_WRITE_1H("cache_write_1h", Side.INPUT),
  /** Output the client can see. */
  OUTPUT("output", Side.OUTPUT),
  REASONING("reasoning", Side.OUTPUT),
  AUDIO_INPUT("audio_input", Side.INPUT),
  AUDIO_CACHE_READ("audio_cache_read", Side.INPUT),
  IMAGE_INPUT("image_input", Side.INPUT),
  AUDIO_OUTPUT("audio_output", Side.OUTPUT),
  IMAGE_OUTPUT("image_output", Side.OUTPUT),
  /** Searches of the web that the provider did for an answer. */
  WEB_SEARCH("web_search", Side.NEITHER),
  /** The call itself, where its provider asks for it: one, whatever the usage says. */
  REQUEST("request", Side.NEITHER);

  private enum Side {
    INPUT,
    OUTPUT,
    NEITHER
  }

  private final String wireName;
  private final Side side;

  TokenClass(String wireName, Side side) {
    this.wireName = wireName;
    this.side = side;
  }

  /** The name in our API and files; never changes. */
  public String wireName() {
    return wireName;
  }

  public boolean isInput() {
    return side == Side.INPUT;
  }

  public boolean isOutput() {
    return side == Side.OUTPUT;
  }

  public boolean isToken() {
    return side != Side.NEITHER;
  }
}
