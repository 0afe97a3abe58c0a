package dev.ockham.faults;

import java.util.Locale;

/**
 * A whole answer in its bytes, one character each.
 *
 * @param raw from the status line to where the server closed
 */
record Heard(String raw) {
  int status() {
    return raw.isEmpty() ? 0 : Integer.parseInt(raw.substring(9, 12));
  }

  String head() {
    int end = raw.indexOf("\r\n\r\n");
    return end < 0 ? raw : raw.substring(0, end);
  }

  /** With the frames of its chunks, where it has such. */
  String body() {
    return raw.substring(Math.min(raw.length(), head().length() + 4));
  }

  /** A header's value; empty where it is not there. */
  String header(String name) {
    for (String line : head().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ": ")) {
        return line.substring(name.length() + 2);
      }
    }
    return "";
  }

  /** Whether the chunks ended as HTTP ends them. */
  boolean endsInOrder() {
    return raw.endsWith("\r\n0\r\n\r\n");
  }
}
