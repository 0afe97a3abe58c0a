package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/** Names and ids that providers take only up to a length. */
final class Names {
  static final int LONGEST = 64;

  private Names() {}

  /** The name itself where it is short enough, else its beginning and a mark of the whole. */
  static String bounded(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    var sum = new CRC32();
    sum.update(name.getBytes(UTF_8));
    return "%s_%08x".formatted(name.substring(0, LONGEST - 9), sum.getValue());
  }
}
