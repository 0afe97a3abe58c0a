package dev.ockham.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/** Ids as the 16 bytes they are kept as. */
final class Blobs {
  private Blobs() {}

  static byte[] of(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Less than every time-ordered id (UUIDv7) that was made at an instant or later. */
  static byte[] begin(Instant at) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(at.toEpochMilli() << Short.SIZE).array();
  }

  static UUID uuid(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    return new UUID(in.getLong(), in.getLong());
  }
}
