package dev.ockham.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures as OpenAI's dialects address them. */
final class Pictures {
  private static final Pattern DATA = Pattern.compile("data:([a-z/+]+);base64,([A-Za-z0-9+/=]+)");

  private Pictures() {}

  static Piece at(String url) {
    Matcher data = DATA.matcher(url);
    if (data.matches()) {
      return new Piece.Picture(data.group(1), data.group(2));
    }
    Json.demand(url.startsWith("https://"), "an address of a picture: " + url);
    return new Piece.PictureAt(url);
  }
}
