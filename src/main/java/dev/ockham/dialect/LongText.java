package dev.ockham.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads long JSON strings straight from their bytes. The parser would hold such a text five times
 * over while it reads it; here it is held twice at most, and once if nothing in it is escaped.
 */
final class LongText {
  /** In a shorter body memory does not matter, and the parser is faster. */
  static final int SHORTEST_BODY = 1 << 20;

  /** Shorter ones are left to the parser. */
  private static final int SHORTEST = 64 * 1024;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long QUOTES = 0x0101010101010101L * '"';
  private static final long BACKSLASHES = 0x0101010101010101L * '\\';

  private final byte[] bytes;
  private final int from;
  private final int to;
  private byte[] plain = Bytes.NONE;
  private int length;

  private LongText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /**
   * The string that begins after the quote before {@code from}; empty where it is short, or not
   * written as JSON wants it, which the parser can say better.
   */
  static Optional<String> at(byte[] bytes, int from, int limit) {
    int end = end(bytes, from, limit);
    if (end - from < SHORTEST) {
      return Optional.empty();
    }
    return new LongText(bytes, from, end).read();
  }

  /** Where the string's closing quote is; before {@code from} if there is none. */
  private static int end(byte[] bytes, int from, int limit) {
    int at = special(bytes, from, limit);
    while (at < limit && bytes[at] == '\\') {
      at = special(bytes, at + 2, limit);
    }
    return at < limit ? at : -1;
  }

  /** Where the next quote or backslash is; {@code limit} or more if there is none. */
  private static int special(byte[] bytes, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at);
      long found = zeroes(eight ^ QUOTES) | zeroes(eight ^ BACKSLASHES);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < limit && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /** The high bit of the lowest byte that is zero, perhaps with some above it. */
  private static long zeroes(long eight) {
    return (eight - 0x0101010101010101L) & ~eight & 0x8080808080808080L;
  }

  private Optional<String> read() {
    int escape = special(bytes, from, to);
    if (escape == to) {
      return Optional.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    // what an escape stands for is never longer than the escape
    plain = new byte[to - from];
    int at = from;
    while (escape < to) {
      copy(at, escape);
      at = unescape(escape);
      if (at < 0) {
        return Optional.empty();
      }
      escape = special(bytes, at, to);
    }
    copy(at, to);
    return Optional.of(new String(plain, 0, length, StandardCharsets.UTF_8));
  }

  private void copy(int start, int end) {
    System.arraycopy(bytes, start, plain, length, end - start);
    length += end - start;
  }

  /** Where the text goes on; -1 where this is no escape, or half of a character. */
  private int unescape(int at) {
    int end = at + 2;
    switch (bytes[at + 1]) {
      case '"', '\\', '/' -> plain[length++] = bytes[at + 1];
      case 'b' -> plain[length++] = '\b';
      case 'f' -> plain[length++] = '\f';
      case 'n' -> plain[length++] = '\n';
      case 'r' -> plain[length++] = '\r';
      case 't' -> plain[length++] = '\t';
      case 'u' -> end = unicode(at);
      default -> end = -1;
    }
    return end;
  }

  private int unicode(int at) {
    int code = hex(at + 2);
    int end = at + 6;
    if (code >= 0 && Character.isHighSurrogate((char) code)) {
      boolean escaped = end + 6 <= to && bytes[end] == '\\' && bytes[end + 1] == 'u';
      int low = escaped ? hex(end + 2) : -1;
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        return -1;
      }
      code = Character.toCodePoint((char) code, (char) low);
      end += 6;
    } else if (code < 0 || Character.isLowSurrogate((char) code)) {
      return -1;
    }
    add(code);
    return end;
  }

  private void add(int code) {
    if (code < 0x80) {
      plain[length++] = (byte) code;
      return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    int mark = 0xF0 << (3 - more);
    plain[length++] = (byte) (mark | (code >> (6 * more)));
    for (int left = more - 1; left >= 0; left--) {
      plain[length++] = (byte) (0x80 | ((code >> (6 * left)) & 0x3F));
    }
  }

  /** The four hexadecimal digits at a place; -1 where they are not all there. */
  private int hex(int at) {
    if (at + 4 > to) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }
}
