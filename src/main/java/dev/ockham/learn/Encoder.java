package dev.ockham.learn;

import java.util.Arrays;
import java.util.List;

/**
 * Turns an ask into {@link Features} without a neural network: the mean of one learned vector per
 * word piece, 128 dimensions, plus the text's shape. Of a long ask only its beginning and its end
 * are read, so that the time is bounded. Immutable; any thread may use it.
 */
public final class Encoder {
  private static final List<String> SECTIONS = List.of("vocabulary", "rows", "scales");

  /** Characters read from the beginning of an ask. */
  static final int HEAD = 3_072;

  /** Characters read from the end of an ask that is longer than beginning and end together. */
  static final int TAIL = 1_024;

  private final WordPiece tokenizer;
  private final byte[] rows;
  private final float[] scales;
  private final int dimensions;
  private final String checksum;

  private Encoder(WeightsFile file, List<String> vocabulary) {
    tokenizer = new WordPiece(vocabulary);
    rows = file.bytes("rows");
    scales = file.floats("scales");
    dimensions = rows.length / vocabulary.size();
    checksum = file.checksum();
  }

  /**
   * Reads the token table: {@code vocabulary} (lines), {@code rows} (one byte a dimension), {@code
   * scales}.
   */
  public static Loaded<Encoder> load(WeightsFile file) {
    String lacking = file.lacking(SECTIONS);
    if (!lacking.isEmpty()) {
      return new Loaded.Unusable<>(
          "Weights file %s has no section '%s': it is not an encoder table."
              .formatted(file.checksum(), lacking));
    }
    List<String> vocabulary = file.lines("vocabulary");
    int size = vocabulary.size();
    int rows = file.bytes("rows").length;
    if (size == 0 || rows == 0 || rows % size != 0 || file.floats("scales").length != size) {
      return new Loaded.Unusable<>(
          "Encoder table %s does not fit together: %d pieces, %d row bytes. Build it again with lab/distil."
              .formatted(file.checksum(), size, rows));
    }
    return new Loaded.Ready<>(new Encoder(file, vocabulary));
  }

  /** How ability weights name the table they were trained with. */
  public String checksum() {
    return checksum;
  }

  /** How many numbers a vector has. */
  public int dimensions() {
    return dimensions;
  }

  /** The features of an ask. */
  public Features encode(String ask) {
    int length = ask.length();
    boolean whole = length <= HEAD + TAIL;
    int headEnd = whole ? length : HEAD;
    TextShape shape = new TextShape();
    float[] sum = new float[dimensions];
    int[] found = new int[headEnd];
    int count = tokenizer.split(ask, 0, headEnd, found);
    int[] pieces = Arrays.copyOf(found, count);
    int unknown = add(found, count, sum);
    shape.count(ask, 0, headEnd);
    if (!whole) {
      int more = tokenizer.split(ask, length - TAIL, length, found);
      unknown += add(found, more, sum);
      shape.count(ask, length - TAIL, length);
      pieces = Arrays.copyOf(pieces, count + more);
      System.arraycopy(found, 0, pieces, count, more);
    }
    normalise(sum);
    return new Features(sum, shape.toArray(length, pieces.length), length, pieces, unknown);
  }

  private int add(int[] pieces, int count, float[] sum) {
    int unknown = 0;
    for (int i = 0; i < count; i++) {
      int piece = pieces[i];
      if (piece == tokenizer.unknown()) {
        unknown++;
      }
      addRow(piece * dimensions, scales[piece], sum);
    }
    return unknown;
  }

  /** A loop of its own that the compiler turns into vector instructions. */
  private void addRow(int start, float scale, float[] sum) {
    byte[] table = rows;
    for (int d = 0; d < sum.length; d++) {
      sum[d] += scale * table[start + d];
    }
  }

  private static void normalise(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (squares > 0) {
      float scale = (float) (1 / Math.sqrt(squares));
      for (int d = 0; d < vector.length; d++) {
        vector[d] *= scale;
      }
    }
  }
}
