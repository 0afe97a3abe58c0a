package dev.ockham.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes values into bytes as small as is simple: numbers in groups of seven bits, texts with their
 * length first. What is kept of a decision, and of a request by the journal, is written with it.
 */
public final class PackWriter {
  private byte[] bytes;
  private int length;

  /**
   * @param skipped bytes left free at the start
   */
  public PackWriter(int capacity, int skipped) {
    bytes = new byte[Math.max(capacity, skipped)];
    length = skipped;
  }

  public int length() {
    return length;
  }

  /** The bytes behind this writer, of which {@link #length} count. */
  public byte[] buffer() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets everything after this length. */
  public void truncate(int earlier) {
    length = earlier;
  }

  public void octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  public void flag(boolean value) {
    octet(value ? 1 : 0);
  }

  /** Small numbers take one byte; negative ones, read as unsigned, take ten. */
  public void number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** For numbers of either sign near zero. */
  public void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  public void fixed(long value) {
    room(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  public void uuid(UUID id) {
    fixed(id.getMostSignificantBits());
    fixed(id.getLeastSignificantBits());
  }

  public void bytes(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** Cut after {@code longest} bytes, between two characters. */
  public void text(String value, int longest) {
    int count = Math.min(value.length(), longest);
    room(count + 2);
    int mark = length;
    if (count < 0x80) {
      bytes[length++] = (byte) count;
      for (int i = 0; i < count; i++) {
        char c = value.charAt(i);
        if (c >= 0x80) {
          length = mark;
          utf8(value.substring(0, count), longest);
          return;
        }
        bytes[length++] = (byte) c;
      }
    } else {
      utf8(value.substring(0, count), longest);
    }
  }

  private void utf8(String value, int longest) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    int count = Math.min(encoded.length, longest);
    while (count < encoded.length && (encoded[count] & 0xC0) == 0x80) {
      count--;
    }
    bytes(Arrays.copyOf(encoded, count));
  }

  /** A flag, and the value if there is one. */
  public <T> void maybe(
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<T> value,
      Consumer<T> write) {
    flag(value.isPresent());
    value.ifPresent(write);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
