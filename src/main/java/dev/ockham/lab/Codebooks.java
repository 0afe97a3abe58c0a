package dev.ockham.lab;

import dev.ockham.learn.WeightsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Groups of typical asks, and how an ask is shared out among those of each group. */
final class Codebooks {
  /** So many rows to a typical ask at least. */
  private static final int ROWS_EACH = 10;

  private final List<Recipe.Group> groups;
  private final List<float[]> centres;
  private final int[] counts;
  private final int size;

  private Codebooks(List<Recipe.Group> groups, List<float[]> centres, int[] counts) {
    this.groups = groups;
    this.centres = centres;
    this.counts = counts;
    this.size = Arrays.stream(counts).sum();
  }

  /** Finds them by k-means; outcomes are not looked at. */
  static Codebooks fit(List<float[]> vectors, List<Recipe.Group> groups, RandomGenerator random) {
    List<float[]> centres = new ArrayList<>();
    int[] counts = new int[groups.size()];
    for (int g = 0; g < counts.length; g++) {
      counts[g] = Math.min(groups.get(g).count(), Math.max(1, vectors.size() / ROWS_EACH));
      centres.add(SphericalMeans.fit(vectors, counts[g], random));
    }
    return new Codebooks(groups, centres, counts);
  }

  int size() {
    return size;
  }

  int groups() {
    return counts.length;
  }

  /** The shares of an ask; those of each group sum to 1. */
  float[] shares(float[] vector) {
    float[] shares = new float[size];
    int at = 0;
    for (int g = 0; g < counts.length; g++) {
      float[] cosines = SphericalMeans.cosines(centres.get(g), vector, counts[g]);
      float most = greatest(cosines);
      float sum = 0;
      for (int c = 0; c < cosines.length; c++) {
        double power = groups.get(g).sharpness() * (cosines[c] - most);
        cosines[c] = power < -12 ? 0 : (float) Math.exp(power);
        sum += cosines[c];
      }
      for (int c = 0; c < cosines.length; c++) {
        shares[at++] = cosines[c] / sum;
      }
    }
    return shares;
  }

  private static float greatest(float[] cosines) {
    float most = -1;
    for (float cosine : cosines) {
      most = Math.max(most, cosine);
    }
    return most;
  }

  /**
   * The distance (1 − cosine to the nearest of any group) that so great a share of the rows keeps
   * within.
   */
  double distanceOf(List<float[]> vectors, double share) {
    double[] distances = new double[vectors.size()];
    for (int n = 0; n < distances.length; n++) {
      float nearest = -1;
      for (int g = 0; g < counts.length; g++) {
        nearest =
            Math.max(
                nearest,
                greatest(SphericalMeans.cosines(centres.get(g), vectors.get(n), counts[g])));
      }
      distances[n] = 1 - nearest;
    }
    Arrays.sort(distances);
    return distances[Math.min(distances.length - 1, (int) (share * distances.length))];
  }

  /** Writes all groups side by side. */
  void write(WeightsFile.Builder file) {
    int dimensions = centres.getFirst().length / counts[0];
    float[] columns = new float[size * dimensions];
    float[] settings = new float[2 * counts.length];
    int at = 0;
    for (int g = 0; g < counts.length; g++) {
      for (int d = 0; d < dimensions; d++) {
        System.arraycopy(centres.get(g), d * counts[g], columns, d * size + at, counts[g]);
      }
      settings[2 * g] = counts[g];
      settings[2 * g + 1] = (float) groups.get(g).sharpness();
      at += counts[g];
    }
    file.floats("prototypes", columns).floats("prototype-groups", settings);
  }
}
