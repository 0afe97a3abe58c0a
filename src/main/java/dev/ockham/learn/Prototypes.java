package dev.ockham.learn;

/**
 * Typical asks, in groups (codebooks) that each tell the whole space apart at a grain of their own.
 * An ask belongs to those of a group in soft shares, by closeness.
 */
final class Prototypes {
  private final ByteRows centres;
  private final float[] groups;
  private final Rows table;
  private final float[] counts;

  /**
   * @param centres unit vectors, dimension by dimension
   * @param groups per group: how many prototypes, how sharply shares fall with distance
   * @param table the mean outcome of each model, prototype by prototype
   * @param counts how many training rows stand behind each prototype
   */
  Prototypes(float[] centres, float[] groups, Rows table, float[] counts) {
    this.centres = new ByteRows(centres, counts.length);
    this.groups = groups;
    this.table = table;
    this.counts = counts;
  }

  String misfit(int dimensions, int models) {
    int inGroups = 0;
    for (int g = 0; g < groups.length; g += 2) {
      inGroups += (int) groups[g];
    }
    if (counts.length == 0 || counts.length > AbilityModel.MOST_PROTOTYPES) {
      return "%d prototypes, from 1 to %d are possible"
          .formatted(counts.length, AbilityModel.MOST_PROTOTYPES);
    }
    boolean fits =
        inGroups == counts.length
            && groups.length % 2 == 0
            && centres.has(counts.length * dimensions)
            && table.has(counts.length * models);
    return fits ? "" : "its prototypes have not one row each";
  }

  /** The cosine to each prototype. */
  float[] closeness(Features features) {
    return centres.sum(features.inputs(), features.dimensions());
  }

  static double nearest(float[] closeness) {
    float most = -1;
    for (float cosine : closeness) {
      most = Math.max(most, cosine);
    }
    return most;
  }

  /**
   * Turns closeness into shares, in place, and returns the mean outcome per model over all groups.
   */
  float[] average(float[] closeness, int models) {
    float[] mean = new float[models];
    int from = 0;
    for (int g = 0; g < groups.length; g += 2) {
      int to = from + (int) groups[g];
      Layer.softmax(closeness, from, to, groups[g + 1]);
      from = to;
    }
    table.addTo(mean, closeness, closeness.length);
    float groupShare = 2f / groups.length;
    for (int m = 0; m < models; m++) {
      mean[m] *= groupShare;
    }
    return mean;
  }

  /** How many training rows the shares rest on, averaged over the groups. */
  double evidence(float[] shares) {
    double rows = 0;
    for (int p = 0; p < shares.length; p++) {
      rows += shares[p] * counts[p];
    }
    return rows * 2 / groups.length;
  }
}
