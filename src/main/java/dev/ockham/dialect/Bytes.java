package dev.ockham.dialect;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** A growing run of bytes that is written once and then taken. */
final class Bytes extends OutputStream {
  static final byte[] NONE = {};

  private byte[] held = NONE;
  private int length;

  @Override
  public void write(int value) {
    room(1);
    held[length++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, held, length, count);
    length += count;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  int length() {
    return length;
  }

  /** Puts a number, its greatest byte first, in the place of four bytes written before. */
  void patch(int at, int value) {
    for (int i = 0; i < 4; i++) {
      held[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  /** The CRC-32 of some of what was written. */
  int checksum(int from, int to) {
    var crc = new CRC32();
    crc.update(held, from, to - from);
    return (int) crc.getValue();
  }

  /** What was written since the last time. */
  byte[] take() {
    if (length == 0) {
      return NONE;
    }
    byte[] taken = Arrays.copyOf(held, length);
    length = 0;
    return taken;
  }

  private void room(int count) {
    if (held.length - length < count) {
      held =
          Arrays.copyOf(
              held, Math.max(Math.addExact(length, count), Math.max(256, held.length * 2)));
    }
  }
}
