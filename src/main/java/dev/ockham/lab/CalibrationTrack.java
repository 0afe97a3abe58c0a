package dev.ockham.lab;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** T7: whether what is predicted is what happens. */
final class CalibrationTrack {
  private static final int BINS = 15;

  private final Study study;
  private final Figure brier = new Figure();
  private final Figure error = new Figure();
  private final List<Figure> byModel = new ArrayList<>();
  private final Bins all = new Bins();

  /** Predictions by size, with what happened. */
  private static final class Bins {
    final double[] predicted = new double[BINS];
    final double[] happened = new double[BINS];
    final long[] count = new long[BINS];

    void add(double probability, double quality) {
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      predicted[bin] += probability;
      happened[bin] += quality;
      count[bin]++;
    }

    /** The mean distance of prediction and outcome over bins of equal width. */
    double error() {
      double sum = 0;
      long rows = 0;
      for (int b = 0; b < BINS; b++) {
        sum += Math.abs(predicted[b] - happened[b]);
        rows += count[b];
      }
      return sum / Math.max(1, rows);
    }
  }

  CalibrationTrack(Study study) {
    this.study = study;
    study.models().forEach(_ -> byModel.add(new Figure()));
  }

  /** Adds one seed's test rows. */
  void add(Split split, Beliefs beliefs) {
    Bins bins = new Bins();
    double squares = 0;
    int models = study.models().size();
    int rows = split.testing().size();
    for (int m = 0; m < models; m++) {
      Bins ofModel = new Bins();
      for (int n = 0; n < rows; n++) {
        double probability = beliefs.good()[n][m];
        double quality = split.testing().get(n).quality[m];
        ofModel.add(probability, quality);
        bins.add(probability, quality);
        all.add(probability, quality);
        squares += (probability - quality) * (probability - quality);
      }
      byModel.get(m).add(ofModel.error());
    }
    brier.add(squares / rows / models);
    error.add(bins.error());
  }

  /** Writes the figures and, for a picture, the bins of all seeds. */
  void write(ObjectNode parent) {
    ObjectNode node = parent.putObject("calibration");
    error.write(node, "ece");
    brier.write(node, "brier");
    ObjectNode models = node.putObject("ece_by_model");
    for (int m = 0; m < byModel.size(); m++) {
      byModel.get(m).write(models, study.models().get(m));
    }
    ArrayNode bins = node.putArray("bins");
    for (int b = 0; b < BINS; b++) {
      if (all.count[b] > 0) {
        ObjectNode bin = bins.addObject();
        Figure.put(bin, "predicted", all.predicted[b] / all.count[b]);
        Figure.put(bin, "happened", all.happened[b] / all.count[b]);
        bin.put("count", all.count[b]);
      }
    }
  }
}
