package dev.ockham.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements of byte ranges, applied together; all other bytes stay. */
final class Splices {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Splice(int from, int to, byte[] text) {}

  private final List<Splice> splices = new ArrayList<>();

  void replace(int from, int to, byte[] text) {
    splices.add(new Splice(from, to, text));
  }

  void insert(int at, byte[] text) {
    replace(at, at, text);
  }

  byte[] applyTo(byte[] bytes) {
    if (splices.isEmpty()) {
      return bytes;
    }
    splices.sort(Comparator.comparingInt(Splice::from));
    int length = bytes.length;
    for (Splice splice : splices) {
      length += splice.text().length - (splice.to() - splice.from());
    }
    byte[] out = new byte[length];
    int from = 0;
    int to = 0;
    for (Splice splice : splices) {
      System.arraycopy(bytes, from, out, to, splice.from() - from);
      to += splice.from() - from;
      System.arraycopy(splice.text(), 0, out, to, splice.text().length);
      to += splice.text().length;
      from = splice.to();
    }
    System.arraycopy(bytes, from, out, to, bytes.length - from);
    return out;
  }
}
