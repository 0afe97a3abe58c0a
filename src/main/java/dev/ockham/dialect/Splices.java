package dev.ockham.dialect;

import java.io.ByteArrayOutputStream;
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
    var out = new ByteArrayOutputStream(bytes.length + 128);
    int at = 0;
    for (Splice splice : splices) {
      out.write(bytes, at, splice.from() - at);
      out.writeBytes(splice.text());
      at = splice.to();
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }
}
