package dev.ockham.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads what {@link PackWriter} wrote, in the same order. */
public final class PackReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public PackReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  public PackReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public int octet() {
    return bytes[advance(1)] & 0xFF;
  }

  public boolean flag() {
    return octet() != 0;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = octet();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes before offset " + at);
  }

  /** A number that counts what follows. */
  public int count() {
    long value = number();
    if (value < 0 || value > end - at) {
      throw new IllegalArgumentException(
          "a count of " + value + " with " + (end - at) + " bytes left");
    }
    return (int) value;
  }

  public long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  public long fixed() {
    int from = advance(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[from + i] & 0xFF);
    }
    return value;
  }

  public UUID uuid() {
    long high = fixed();
    return new UUID(high, fixed());
  }

  public byte[] bytes() {
    int length = count();
    int from = advance(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  public String text() {
    int length = count();
    return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
  }

  public <T> Optional<T> maybe(Supplier<T> read) {
    return flag() ? Optional.of(read.get()) : Optional.empty();
  }

  private int advance(int by) {
    if (by > end - at) {
      throw new IllegalArgumentException("the bytes end at " + end + ", inside a value");
    }
    int from = at;
    at += by;
    return from;
  }
}
