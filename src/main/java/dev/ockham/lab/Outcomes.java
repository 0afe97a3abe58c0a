package dev.ockham.lab;

import java.util.List;

/** Outcomes as tables with a row per example and a column per model. */
final class Outcomes {
  private static final double SHRINKAGE = 2;

  /** Tokens of an answer where no length at all was recorded. */
  private static final double USUAL_LENGTH = 300;

  private Outcomes() {}

  /**
   * Qualities, with those that were never recorded filled in: the model's mean plus how much easier
   * than their means the row was for the models that did answer.
   */
  static double[][] complete(List<Example> examples, int models) {
    double[] means = recordedMeans(examples, models);
    double[][] quality = new double[examples.size()][];
    for (int n = 0; n < quality.length; n++) {
      double[] recorded = examples.get(n).quality;
      double surplus = surplus(recorded, means);
      quality[n] = recorded.clone();
      for (int m = 0; m < models; m++) {
        if (Double.isNaN(recorded[m])) {
          quality[n][m] = Math.clamp(means[m] + surplus, 0, 1);
        }
      }
    }
    return quality;
  }

  private static double surplus(double[] recorded, double[] means) {
    double sum = 0;
    double count = SHRINKAGE;
    for (int m = 0; m < means.length; m++) {
      if (!Double.isNaN(recorded[m])) {
        sum += recorded[m] - means[m];
        count++;
      }
    }
    return sum / count;
  }

  private static double[] recordedMeans(List<Example> examples, int models) {
    double[] means = new double[models];
    for (int m = 0; m < models; m++) {
      double sum = 0;
      int count = 0;
      for (Example example : examples) {
        if (!Double.isNaN(example.quality[m])) {
          sum += example.quality[m];
          count++;
        }
      }
      means[m] = sum / Math.max(1, count);
    }
    return means;
  }

  static float[] means(double[][] quality) {
    float[] means = new float[quality[0].length];
    for (int m = 0; m < means.length; m++) {
      double sum = 0;
      for (double[] row : quality) {
        sum += row[m];
      }
      means[m] = (float) (sum / quality.length);
    }
    return means;
  }

  /**
   * Output tokens; where none were recorded, the mean of those that were, over all models if need
   * be, or a usual length.
   */
  static double[][] lengths(List<Example> examples, int models) {
    double[] sums = new double[models];
    int[] counts = new int[models];
    for (Example example : examples) {
      for (int m = 0; m < models; m++) {
        sums[m] += example.outputTokens[m];
        counts[m] += example.outputTokens[m] > 0 ? 1 : 0;
      }
    }
    double overall = 0;
    int known = 0;
    for (int m = 0; m < models; m++) {
      overall += sums[m];
      known += counts[m];
    }
    double[][] lengths = new double[examples.size()][models];
    for (int n = 0; n < lengths.length; n++) {
      for (int m = 0; m < models; m++) {
        int tokens = examples.get(n).outputTokens[m];
        double mean =
            counts[m] > 0 ? sums[m] / counts[m] : known > 0 ? overall / known : USUAL_LENGTH;
        lengths[n][m] = tokens > 0 ? tokens : mean;
      }
    }
    return lengths;
  }
}
