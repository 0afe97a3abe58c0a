package dev.ockham.chat;

/**
 * A JSON value kept as the text it was written in, such as a tool's schema or the arguments of a
 * call. Rooms without a JSON library pass it on untouched; only {@code dialect} reads inside.
 *
 * @param value well-formed JSON text
 */
public record JsonText(String value) {
  public static final JsonText EMPTY_OBJECT = new JsonText("{}");

  /** Prints no content. */
  @Override
  public String toString() {
    return "JsonText[" + value.length() + " characters]";
  }
}
