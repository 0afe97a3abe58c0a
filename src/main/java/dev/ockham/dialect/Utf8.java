package dev.ockham.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8, strictly: no overlong forms, no surrogates, nothing cut. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** The offset of the first byte that is not UTF-8, or -1. */
  static int firstFault(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (at + 8 <= bytes.length && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
        at += 8;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = lengthAt(bytes, at);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return -1;
  }

  private static int lengthAt(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
