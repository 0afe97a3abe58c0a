package dev.ockham.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Holds a reader of frames to what it promises, for any bytes. */
final class FuzzFrames {
  private FuzzFrames() {}

  /** The first byte says how the others are cut; cut or whole, the same is read. */
  static void check(byte[] input, Supplier<FrameReader> readers) {
    if (input.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    List<String> whole = read(readers.get(), List.of(stream));
    List<String> cut = read(readers.get(), cut(stream, 1 + (input[0] & 0xff)));
    if (!whole.equals(cut)) {
      throw new IllegalStateException("whole " + whole + ", cut " + cut);
    }
  }

  private static List<byte[]> cut(byte[] stream, int length) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < stream.length; at += length) {
      pieces.add(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + length)));
    }
    return pieces;
  }

  private static List<String> read(FrameReader reader, List<byte[]> pieces) {
    var events = new ArrayList<String>();
    try {
      for (byte[] piece : pieces) {
        reader.feed(piece);
        while (reader.next()) {
          if (reader.hasData()) {
            events.add(event(reader));
          }
        }
        reader.tooLarge();
      }
    } catch (Rejected refused) {
      events.add("refused");
    }
    return events;
  }

  private static String event(FrameReader reader) {
    int length = reader.dataTo() - reader.dataFrom();
    return reader.event()
        + "="
        + new String(reader.data(), reader.dataFrom(), length, StandardCharsets.ISO_8859_1);
  }
}
