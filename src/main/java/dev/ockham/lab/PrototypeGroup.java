package dev.ockham.lab;

import dev.ockham.learn.WeightsFile;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One group of prototypes with the outcomes around each. */
final class PrototypeGroup {
  private final int count;
  private final double sharpness;
  private final float[] centres;
  private final float[] table;
  private final float[] counts;

  private PrototypeGroup(int count, double sharpness, float[] centres, int models) {
    this.count = count;
    this.sharpness = sharpness;
    this.centres = centres;
    this.table = new float[count * models];
    this.counts = new float[count];
  }

  /**
   * Finds the group's centres and what happened around each; averages are shrunk towards the
   * models' skills.
   */
  static PrototypeGroup fit(
      List<float[]> vectors,
      double[][] quality,
      float[] skills,
      Recipe.Group settings,
      RandomGenerator random) {
    int count = Math.min(settings.count(), Math.max(1, vectors.size() / 10));
    float[] centres = SphericalMeans.fit(vectors, count, random);
    PrototypeGroup group = new PrototypeGroup(count, settings.sharpness(), centres, skills.length);
    group.fillTable(vectors, quality, skills, settings.shrinkage());
    return group;
  }

  private void fillTable(
      List<float[]> vectors, double[][] quality, float[] skills, double shrinkage) {
    int models = skills.length;
    double[] sums = new double[table.length];
    for (int n = 0; n < quality.length; n++) {
      float[] shares = shares(SphericalMeans.cosines(centres, vectors.get(n), count));
      for (int c = 0; c < count; c++) {
        if (shares[c] > 1e-4f) {
          counts[c] += shares[c];
          for (int m = 0; m < models; m++) {
            sums[c * models + m] += shares[c] * quality[n][m];
          }
        }
      }
    }
    for (int i = 0; i < table.length; i++) {
      table[i] =
          (float) ((sums[i] + shrinkage * skills[i % models]) / (counts[i / models] + shrinkage));
    }
  }

  private float[] shares(float[] cosines) {
    float most = greatest(cosines);
    float sum = 0;
    for (int c = 0; c < cosines.length; c++) {
      cosines[c] = (float) Math.exp(sharpness * (cosines[c] - most));
      sum += cosines[c];
    }
    for (int c = 0; c < cosines.length; c++) {
      cosines[c] /= sum;
    }
    return cosines;
  }

  private static float greatest(float[] cosines) {
    float most = -1;
    for (float cosine : cosines) {
      most = Math.max(most, cosine);
    }
    return most;
  }

  /**
   * The distance (1 − cosine to the nearest centre of any group) that so great a share of the rows
   * keeps within.
   */
  static double distanceOf(List<PrototypeGroup> groups, List<float[]> vectors, double share) {
    double[] distances = new double[vectors.size()];
    for (int n = 0; n < distances.length; n++) {
      float nearest = -1;
      for (PrototypeGroup group : groups) {
        nearest =
            Math.max(
                nearest,
                greatest(SphericalMeans.cosines(group.centres, vectors.get(n), group.count)));
      }
      distances[n] = 1 - nearest;
    }
    Arrays.sort(distances);
    return distances[Math.min(distances.length - 1, (int) (share * distances.length))];
  }

  /** Writes all groups side by side. */
  static void write(List<PrototypeGroup> groups, WeightsFile.Builder file) {
    int all = groups.stream().mapToInt(group -> group.count).sum();
    PrototypeGroup first = groups.getFirst();
    int dimensions = first.centres.length / first.count;
    int models = first.table.length / first.count;
    float[] centres = new float[all * dimensions];
    float[] table = new float[all * models];
    float[] counts = new float[all];
    float[] settings = new float[2 * groups.size()];
    int at = 0;
    for (int g = 0; g < groups.size(); g++) {
      PrototypeGroup group = groups.get(g);
      for (int d = 0; d < dimensions; d++) {
        System.arraycopy(group.centres, d * group.count, centres, d * all + at, group.count);
      }
      System.arraycopy(group.table, 0, table, at * models, group.table.length);
      System.arraycopy(group.counts, 0, counts, at, group.count);
      settings[2 * g] = group.count;
      settings[2 * g + 1] = (float) group.sharpness;
      at += group.count;
    }
    file.floats("prototypes", centres).floats("prototype-groups", settings);
    file.floats("prototype-table", table).floats("prototype-counts", counts);
  }
}
