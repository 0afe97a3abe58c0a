package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Looks ahead in an object for a field that says how the others are to be read, wherever it stands.
 * Only looks: the parser that follows judges whether the bytes are JSON at all.
 */
final class FieldAhead {
  private final byte[] bytes;
  private int at;

  private FieldAhead(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /**
   * The text of a field of the object that begins at {@code from}; empty where there is none, or
   * where its name or value is written with escapes.
   */
  static String text(byte[] bytes, int from, String name) {
    return new FieldAhead(bytes, from + 1).find(name.getBytes(UTF_8));
  }

  /** Whether the first object in {@code bytes} has a field, of whatever type. */
  static boolean has(byte[] bytes, String name) {
    int from = 0;
    while (from < bytes.length && bytes[from] != '{') {
      from++;
    }
    var ahead = new FieldAhead(bytes, from + 1);
    return ahead.step(name.getBytes(UTF_8));
  }

  private String find(byte[] name) {
    return step(name) ? value() : "";
  }

  /** Steps onto the colon after a name of the object's own. */
  private boolean step(byte[] name) {
    int depth = 0;
    while (at < bytes.length && depth >= 0) {
      switch (bytes[at]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          int start = at + 1;
          int end = endOfString();
          if (depth == 0 && isName(start, end, name)) {
            return true;
          }
        }
        default -> {}
      }
      at++;
    }
    return false;
  }

  private boolean isName(int start, int end, byte[] name) {
    return Arrays.equals(bytes, start, end, name, 0, name.length) && comes((byte) ':');
  }

  /** Leaves {@link #at} on the closing quote, or behind the end. */
  private int endOfString() {
    at++;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, bytes.length);
  }

  /** Whether the next thing after white space is {@code wanted}; then steps onto it. */
  private boolean comes(byte wanted) {
    int next = at + 1;
    while (next < bytes.length && bytes[next] <= ' ' && bytes[next] >= 0) {
      next++;
    }
    if (next < bytes.length && bytes[next] == wanted) {
      at = next;
      return true;
    }
    return false;
  }

  private String value() {
    if (!comes((byte) '"')) {
      return "";
    }
    int start = at + 1;
    String text = new String(bytes, start, endOfString() - start, UTF_8);
    return text.indexOf('\\') < 0 ? text : "";
  }
}
