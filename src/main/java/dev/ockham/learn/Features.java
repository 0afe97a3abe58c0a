package dev.ockham.learn;

/**
 * What the router sees of an ask: where it lies among sentences (a unit vector), its shape (length,
 * digits, operators, code, …), and how much of it could be read. It cannot be turned back into the
 * text, yet it is personal data.
 */
public final class Features {
  /** How many buckets there are for words and pairs of words. */
  public static final int PHRASE_BUCKETS = Phrases.BUCKETS;

  private final float[] vector;
  private final float[] shape;
  private final int characters;
  private final int[] pieces;
  private final int unknownPieces;

  Features(float[] vector, float[] shape, int characters, int[] pieces, int unknownPieces) {
    this.vector = vector;
    this.shape = shape;
    this.characters = characters;
    this.pieces = pieces;
    this.unknownPieces = unknownPieces;
  }

  /**
   * The numbers of the buckets that the words of the ask and their pairs fall into, each once;
   * below {@link #PHRASE_BUCKETS}.
   */
  public int[] phrases() {
    return Phrases.of(pieces, pieces.length);
  }

  /** A copy of the unit vector; all zero when nothing could be read. */
  public float[] vector() {
    return vector.clone();
  }

  /** The vector in one byte a dimension, for keeping: each component × 127, rounded. */
  public byte[] packed() {
    byte[] packed = new byte[vector.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (byte) Math.round(vector[i] * 127);
    }
    return packed;
  }

  /** Characters (UTF-16 units) of the whole ask, read or not. */
  public int characters() {
    return characters;
  }

  /** Word pieces that were read. */
  public int pieces() {
    return pieces.length;
  }

  /** The share of the pieces that are in no vocabulary, 0 to 1; 1 when nothing could be read. */
  public double unknownShare() {
    return pieces.length == 0 ? 1 : (double) unknownPieces / pieces.length;
  }

  /** The root of the share of characters beyond ASCII: how foreign the script is to English. */
  public float foreignness() {
    return shape[TextShape.BEYOND_ASCII];
  }

  float component(int dimension) {
    return vector[dimension];
  }

  /** Vector, then shape: what the heads of an ability model read and a trainer fits. */
  public float[] inputs() {
    float[] inputs = java.util.Arrays.copyOf(vector, vector.length + shape.length);
    System.arraycopy(shape, 0, inputs, vector.length, shape.length);
    return inputs;
  }

  int dimensions() {
    return vector.length;
  }
}
