package dev.ockham.ledger;

import dev.ockham.ledger.Disk.Region;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A region with a header and, one after the other, records. A header is magic, format version, the
 * sequence number of its first record and a checksum. A record is its whole length, a checksum of
 * everything after that, its sequence number, and an entry.
 */
final class Segment {
  static final int FORMAT = 2;
  private static final int OLDEST_FORMAT = 1;
  static final int HEADER = 32;
  static final int RECORD_HEADER = Integer.BYTES + Integer.BYTES + Long.BYTES;
  private static final long MAGIC = 0x4F434B4A524E4C31L;
  private static final int HEADER_CHECKED = 24;

  private final Region region;
  private final long base;
  private volatile int end = HEADER;
  private int forced;
  private long sequenceAfter;

  private Segment(Region region, long base) {
    this.region = region;
    this.base = base;
  }

  /** What a region's first bytes say. */
  sealed interface Header {
    record Written(long base) implements Header {}

    /** All zero: made ahead and never used. */
    record Blank() implements Header {}

    record Torn() implements Header {}

    record OtherFormat(int version) implements Header {}
  }

  static Header header(Region region) {
    if (region.size() < HEADER) {
      return new Header.Torn();
    }
    var bytes = new byte[HEADER];
    region.read(0, bytes, HEADER);
    var in = ByteBuffer.wrap(bytes);
    long magic = in.getLong();
    int version = in.getInt();
    in.getInt();
    long base = in.getLong();
    int checksum = in.getInt();
    if (magic == 0 && version == 0 && checksum == 0) {
      return new Header.Blank();
    }
    if (magic != MAGIC || checksum != checksum(bytes, 0, HEADER_CHECKED)) {
      return new Header.Torn();
    }
    return version >= OLDEST_FORMAT && version <= FORMAT
        ? new Header.Written(base)
        : new Header.OtherFormat(version);
  }

  static Segment begin(Region region, long base) {
    var out = ByteBuffer.allocate(HEADER);
    out.putLong(MAGIC).putInt(FORMAT).putInt(0).putLong(base);
    out.putInt(checksum(out.array(), 0, HEADER_CHECKED));
    region.write(0, out.array(), HEADER);
    return new Segment(region, base);
  }

  /** A segment written by an earlier process, up to its last whole record. */
  static Segment reopen(Region region, long base) {
    var segment = new Segment(region, base);
    long sequence = base;
    var buffer = new byte[Journal.LONGEST_RECORD];
    for (int at = HEADER; ; sequence++) {
      int length = segment.readAt(at, sequence, buffer);
      if (length == 0) {
        segment.end = at;
        segment.sequenceAfter = sequence;
        return segment;
      }
      at += length;
    }
  }

  /** For a reopened segment: the sequence number after its last record. */
  long sequenceAfter() {
    return sequenceAfter;
  }

  Region region() {
    return region;
  }

  long base() {
    return base;
  }

  /** Where the next record will be; everything before it is whole. */
  int end() {
    return end;
  }

  int room() {
    return region.size() - end;
  }

  /**
   * Writes a record whose entry already stands in {@code record}, after {@link #RECORD_HEADER} free
   * bytes.
   */
  void append(byte[] record, int length, long sequence) {
    var header = ByteBuffer.wrap(record);
    header.putInt(0, length).putLong(2 * Integer.BYTES, sequence);
    header.putInt(Integer.BYTES, checksum(record, 2 * Integer.BYTES, length));
    int from = end;
    region.write(from, record, length);
    end = from + length;
  }

  /** The length of the whole record at this place, read into {@code buffer}; 0 if there is none. */
  int readAt(int at, long sequence, byte[] buffer) {
    if (at + RECORD_HEADER > region.size()) {
      return 0;
    }
    region.read(at, buffer, Integer.BYTES);
    int length = ByteBuffer.wrap(buffer).getInt();
    if (length <= RECORD_HEADER || length > buffer.length || at + length > region.size()) {
      return 0;
    }
    region.read(at, buffer, length);
    var header = ByteBuffer.wrap(buffer);
    boolean whole =
        header.getInt(Integer.BYTES) == checksum(buffer, 2 * Integer.BYTES, length)
            && header.getLong(2 * Integer.BYTES) == sequence;
    return whole ? length : 0;
  }

  /** How much of it is on disk for sure. One thread at a time. */
  int forced() {
    return forced;
  }

  void forced(int until) {
    forced = until;
  }

  private static int checksum(byte[] bytes, int from, int until) {
    var crc = new CRC32C();
    crc.update(bytes, from, until - from);
    return (int) crc.getValue();
  }
}
