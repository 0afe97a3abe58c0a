package dev.ockham.learn;

/**
 * As {@link Rows}, in a quarter of the memory: every column is kept in bytes, with a scale of its
 * own. What a decision reads has to come from a cache that others use too, so the size is the time.
 */
final class ByteRows {
  private final byte[][] rows;
  private final float[] scales;
  private final int numbers;

  /** Takes the rows one after another; a rest that fills no row is left out. */
  ByteRows(float[] numbers, int width) {
    this.numbers = numbers.length;
    rows = new byte[width == 0 ? 0 : numbers.length / width][width];
    scales = new float[width];
    for (int i = 0; i < rows.length * width; i++) {
      scales[i % width] = Math.max(scales[i % width], Math.abs(numbers[i]) / Byte.MAX_VALUE);
    }
    for (int i = 0; i < rows.length * width; i++) {
      float scale = scales[i % width];
      rows[i / width][i % width] = scale == 0 ? 0 : (byte) Math.round(numbers[i] / scale);
    }
  }

  /** Whether so many numbers were given in all. */
  boolean has(int expected) {
    return numbers == expected;
  }

  /** The sum of the first {@code count} rows, each times its factor. */
  float[] sum(float[] factors, int count) {
    float[] sum = new float[scales.length];
    int row = 0;
    for (; row + 4 <= count; row += 4) {
      addFour(row, factors, sum);
    }
    for (; row < count; row++) {
      addOne(rows[row], factors[row], sum);
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scales[i];
    }
    return sum;
  }

  private void addFour(int row, float[] factors, float[] sum) {
    byte[] a = rows[row];
    byte[] b = rows[row + 1];
    byte[] c = rows[row + 2];
    byte[] d = rows[row + 3];
    float ofA = factors[row];
    float ofB = factors[row + 1];
    float ofC = factors[row + 2];
    float ofD = factors[row + 3];
    for (int i = 0; i < sum.length; i++) {
      sum[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
    }
  }

  private static void addOne(byte[] row, float factor, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }
}
