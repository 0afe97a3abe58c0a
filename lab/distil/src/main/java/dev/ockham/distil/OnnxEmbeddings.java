package dev.ockham.distil;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the input embeddings out of an ONNX file: just enough of its protocol buffers to find three tensors. */
final class OnnxEmbeddings {
  private static final String PREFIX = "embeddings.word_embeddings.weight_";
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int NAME = 8;
  private static final int RAW = 9;
  private static final int FLOATS = 4;
  private static final int INTEGERS = 5;

  private final Map<String, byte[]> contents = new HashMap<>();

  /** One row per vocabulary piece. */
  static float[][] read(byte[] onnx, int vocabulary, int dimensions) {
    OnnxEmbeddings found = new OnnxEmbeddings();
    fields(onnx, (field, content) -> {
      if (field == GRAPH) {
        fields(content, (inner, tensor) -> {
          if (inner == INITIALIZER) {
            found.keep(tensor);
          }
        });
      }
    });
    byte[] quantised = found.get("quantized");
    float scale = ByteBuffer.wrap(found.get("scale")).order(ByteOrder.LITTLE_ENDIAN).getFloat();
    int zero = found.get("zero_point")[0] & 0xff;
    float[][] rows = new float[vocabulary][dimensions];
    for (int v = 0; v < vocabulary; v++) {
      for (int d = 0; d < dimensions; d++) {
        rows[v][d] = scale * ((quantised[v * dimensions + d] & 0xff) - zero);
      }
    }
    return rows;
  }

  private byte[] get(String part) {
    byte[] content = contents.get(PREFIX + part);
    if (content == null) {
      throw new IllegalStateException("The ONNX file has no tensor " + PREFIX + part);
    }
    return content;
  }

  private void keep(byte[] tensor) {
    String[] name = {""};
    byte[][] content = {new byte[0]};
    fields(tensor, (field, bytes) -> {
      if (field == NAME) {
        name[0] = new String(bytes, StandardCharsets.UTF_8);
      } else if (field == RAW || field == FLOATS || field == INTEGERS) {
        content[0] = bytes;
      }
    });
    if (name[0].startsWith(PREFIX)) {
      contents.put(name[0], content[0]);
    }
  }

  /** Calls back for every field that has a length; numbers are skipped. */
  private static void fields(byte[] message, BiConsumer<Integer, byte[]> reader) {
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      switch (key & 7) {
        case 0 -> varint(in);
        case 1 -> in.position(in.position() + 8);
        case 2 -> {
          byte[] content = new byte[(int) varint(in)];
          in.get(content);
          reader.accept(key >>> 3, content);
        }
        case 5 -> {
          byte[] content = new byte[4];
          in.get(content);
          reader.accept(key >>> 3, content);
        }
        default -> throw new IllegalStateException("Not a protocol buffer: wire type " + (key & 7));
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("Not a protocol buffer: a number without end");
  }
}
