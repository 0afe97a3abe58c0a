package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cuts streams as networks do. */
final class Chunks {
  private Chunks() {}

  static List<byte[]> whole(String stream) {
    return List.of(stream.getBytes(UTF_8));
  }

  static List<byte[]> bytewise(String stream) {
    return cut(stream.getBytes(UTF_8), 1, 1, new java.util.Random(0));
  }

  static List<byte[]> random(String stream, RandomGenerator random) {
    return cut(stream.getBytes(UTF_8), 1, 1 + random.nextInt(120), random);
  }

  static List<byte[]> cut(byte[] bytes, int least, int most, RandomGenerator random) {
    var chunks = new ArrayList<byte[]>();
    int at = 0;
    while (at < bytes.length) {
      int to = Math.min(bytes.length, at + random.nextInt(least, most + 1));
      chunks.add(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    return chunks;
  }
}
