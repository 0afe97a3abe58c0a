package dev.ockham.learn;

import java.util.Arrays;

/**
 * A table of numbers whose rows are added up, each times a factor. Every row is an array of its
 * own: only where the loop reads and writes at the same index can the compiler rule out that they
 * overlap, and turn it into vector instructions.
 */
final class Rows {
  private final float[][] rows;
  private final int numbers;

  /** Takes the rows one after another; a rest that fills no row is left out. */
  Rows(float[] numbers, int width) {
    this.numbers = numbers.length;
    rows = new float[width == 0 ? 0 : numbers.length / width][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(numbers, r * width, (r + 1) * width);
    }
  }

  int count() {
    return rows.length;
  }

  /** Whether so many numbers were given in all. */
  boolean has(int expected) {
    return numbers == expected;
  }

  float[] copyOf(int row) {
    return rows[row].clone();
  }

  /** Adds the first {@code count} rows, each times its factor. */
  void addTo(float[] sum, float[] factors, int count) {
    int row = 0;
    for (; row + 4 <= count; row += 4) {
      addFour(row, factors, sum);
    }
    for (; row < count; row++) {
      addOne(rows[row], factors[row], sum);
    }
  }

  /** Reads and writes the sum a quarter as often. */
  private void addFour(int row, float[] factors, float[] sum) {
    float[] a = rows[row];
    float[] b = rows[row + 1];
    float[] c = rows[row + 2];
    float[] d = rows[row + 3];
    float ofA = factors[row];
    float ofB = factors[row + 1];
    float ofC = factors[row + 2];
    float ofD = factors[row + 3];
    for (int i = 0; i < sum.length; i++) {
      sum[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
    }
  }

  private static void addOne(float[] row, float factor, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }
}
