package dev.ockham.learn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Named sections of numbers and text behind a magic, a format version and a checksum: how encoder
 * tables and ability weights are kept. Little-endian: magic, version (int), number of sections
 * (int), per section the name's length (short), the name, the content's length (int) and the
 * content; last the CRC-32C of all that (int). A format version is read by its own release and by
 * the next one.
 */
public final class WeightsFile {
  private static final byte[] MAGIC = "OCKHAMW\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int OLDEST_READ = 1;
  private static final int SMALLEST = MAGIC.length + 12;
  private static final String METADATA = "metadata";

  private final Map<String, byte[]> sections;
  private final SortedMap<String, String> metadata;
  private final int checksum;

  private WeightsFile(Map<String, byte[]> sections, int checksum) {
    this.sections = sections;
    this.checksum = checksum;
    this.metadata = parseMetadata(sections.getOrDefault(METADATA, new byte[0]));
  }

  /** Reads a whole file from its bytes. */
  public static Loaded<WeightsFile> parse(byte[] bytes) {
    if (bytes.length < SMALLEST || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return new Loaded.Unusable<>(
          "Not a weights file: its first bytes are not OCKHAMW. Give a file written by `./ockham lab train`.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    int version = in.getInt();
    if (version < OLDEST_READ || version > VERSION) {
      return new Loaded.Unusable<>(
          "The weights file has format version %d; this release reads %d to %d. Train it again with this release."
              .formatted(version, OLDEST_READ, VERSION));
    }
    int end = bytes.length - 4;
    int found = crc(bytes, end);
    int expected = in.getInt(end);
    if (found != expected) {
      return new Loaded.Unusable<>(
          "The weights file is damaged: its checksum is %08x where %08x was written. Copy or train it again."
              .formatted(found, expected));
    }
    return sections(in.limit(end), found);
  }

  private static Loaded<WeightsFile> sections(ByteBuffer in, int checksum) {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      int nameLength = in.remaining() < 2 ? -1 : in.getShort();
      if (nameLength < 0 || nameLength + 4 > in.remaining()) {
        return cutShort(i, count);
      }
      byte[] name = new byte[nameLength];
      in.get(name);
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        return cutShort(i, count);
      }
      byte[] content = new byte[length];
      in.get(content);
      sections.put(new String(name, StandardCharsets.UTF_8), content);
    }
    return new Loaded.Ready<>(new WeightsFile(sections, checksum));
  }

  private static Loaded<WeightsFile> cutShort(int section, int count) {
    return new Loaded.Unusable<>(
        "The weights file ends inside section %d of %d. Copy or train it again."
            .formatted(section + 1, count));
  }

  /**
   * The checksum as eight hexadecimal digits: how other files and explanations refer to this one.
   */
  public String checksum() {
    return "%08x".formatted(checksum);
  }

  /** What was written down about the making of this file: recipe, sources, digests. */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * The first of these sections that the file lacks is named; an empty text means that all are
   * there.
   */
  String lacking(List<String> names) {
    return names.stream().filter(name -> !sections.containsKey(name)).findFirst().orElse("");
  }

  byte[] bytes(String section) {
    byte[] content = sections.get(section);
    if (content == null) {
      throw new IllegalArgumentException("No section " + section + " among " + sections.keySet());
    }
    return content.clone();
  }

  float[] floats(String section) {
    ByteBuffer in = ByteBuffer.wrap(bytes(section)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[in.remaining() / 4];
    in.asFloatBuffer().get(values);
    return values;
  }

  /** 64-bit digests, sorted ascending; none when the file has no such section. */
  public long[] longs(String section) {
    ByteBuffer in =
        ByteBuffer.wrap(sections.getOrDefault(section, new byte[0])).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[in.remaining() / 8];
    in.asLongBuffer().get(values);
    return values;
  }

  List<String> lines(String section) {
    String text = new String(bytes(section), StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
  }

  private static int crc(byte[] bytes, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }

  private static SortedMap<String, String> parseMetadata(byte[] content) {
    SortedMap<String, String> entries = new TreeMap<>();
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        entries.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return java.util.Collections.unmodifiableSortedMap(entries);
  }

  /**
   * Collects sections in order and writes them out; the same content always gives the same bytes.
   */
  public static final class Builder {
    private final Map<String, byte[]> sections = new LinkedHashMap<>();
    private final SortedMap<String, String> metadata = new TreeMap<>();

    /** Notes how the file came about. Neither part may hold a line break. */
    public Builder note(String key, String value) {
      if ((key + value).indexOf('\n') >= 0 || key.indexOf('=') >= 0) {
        throw new IllegalArgumentException("A note is one line, its key without '=': " + key);
      }
      metadata.put(key, value);
      return this;
    }

    /** Adds raw bytes. */
    public Builder bytes(String section, byte[] content) {
      sections.put(section, content.clone());
      return this;
    }

    /** Adds numbers. */
    public Builder floats(String section, float[] values) {
      ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      out.asFloatBuffer().put(values);
      return bytes(section, out.array());
    }

    /** Adds 64-bit numbers. */
    public Builder longs(String section, long[] values) {
      ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      out.asLongBuffer().put(values);
      return bytes(section, out.array());
    }

    /** Adds names, none of which may hold a line break. */
    public Builder lines(String section, List<String> lines) {
      return bytes(section, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** The file's bytes. */
    public byte[] build() {
      List<Map.Entry<byte[], byte[]>> parts = new ArrayList<>();
      List<String> notes =
          metadata.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      parts.add(Map.entry(utf8(METADATA), utf8(String.join("\n", notes))));
      sections.forEach((name, content) -> parts.add(Map.entry(utf8(name), content)));
      int size = SMALLEST;
      for (Map.Entry<byte[], byte[]> part : parts) {
        size += 6 + part.getKey().length + part.getValue().length;
      }
      ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      out.put(MAGIC).putInt(VERSION).putInt(parts.size());
      for (Map.Entry<byte[], byte[]> part : parts) {
        out.putShort((short) part.getKey().length).put(part.getKey());
        out.putInt(part.getValue().length).put(part.getValue());
      }
      out.putInt(crc(out.array(), out.position()));
      return out.array();
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
