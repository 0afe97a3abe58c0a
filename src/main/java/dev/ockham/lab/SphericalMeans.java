package dev.ockham.lab;

import java.util.List;
import java.util.random.RandomGenerator;

/** k-means on unit vectors by cosine: the centres are normalised means of their members. */
final class SphericalMeans {
  private static final int ROUNDS = 8;

  private SphericalMeans() {}

  /** The centres, dimension by dimension ({@code [dimension * count + centre]}). */
  static float[] fit(List<float[]> vectors, int count, RandomGenerator random) {
    int dimensions = vectors.getFirst().length;
    float[][] centres = new float[count][];
    for (int c = 0; c < count; c++) {
      centres[c] = vectors.get(random.nextInt(vectors.size())).clone();
    }
    for (int round = 0; round < ROUNDS; round++) {
      float[] columns = columns(centres, dimensions);
      float[][] sums = new float[count][dimensions];
      for (float[] vector : vectors) {
        float[] sum = sums[nearest(columns, vector, count)];
        for (int d = 0; d < dimensions; d++) {
          sum[d] += vector[d];
        }
      }
      for (int c = 0; c < count; c++) {
        // An empty cluster starts again at a random member.
        centres[c] =
            normalised(sums[c]) ? sums[c] : vectors.get(random.nextInt(vectors.size())).clone();
      }
    }
    return columns(centres, dimensions);
  }

  private static float[] columns(float[][] centres, int dimensions) {
    float[] columns = new float[centres.length * dimensions];
    for (int c = 0; c < centres.length; c++) {
      for (int d = 0; d < dimensions; d++) {
        columns[d * centres.length + c] = centres[c][d];
      }
    }
    return columns;
  }

  private static int nearest(float[] columns, float[] vector, int count) {
    float[] cosines = cosines(columns, vector, count);
    int best = 0;
    for (int c = 1; c < count; c++) {
      best = cosines[c] > cosines[best] ? c : best;
    }
    return best;
  }

  static float[] cosines(float[] columns, float[] vector, int count) {
    float[] cosines = new float[count];
    for (int d = 0; d < vector.length; d++) {
      float factor = vector[d];
      int start = d * count;
      for (int c = 0; c < count; c++) {
        cosines[c] += factor * columns[start + c];
      }
    }
    return cosines;
  }

  private static boolean normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      return false;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int d = 0; d < vector.length; d++) {
      vector[d] *= scale;
    }
    return true;
  }
}
