package dev.ockham.lab;

import java.util.Arrays;
import java.util.List;

/**
 * How a model's blended estimate becomes a probability: {@code logit(p) = shift + slope ×
 * logit(estimate)}, fitted on estimates that were made without the row they are for.
 */
final class Calibration {
  private static final int ROUNDS = 15;

  /** Rows' worth of belief that no correction is needed. */
  private static final double PRIOR_ROWS = 20;

  private final float[] shifts;
  private final float[] slopes;

  private Calibration(int models) {
    shifts = new float[models];
    slopes = new float[models];
    Arrays.fill(slopes, 1);
  }

  static Calibration none(int models) {
    return new Calibration(models);
  }

  /** Fits one shift and one slope per model by Newton's method. */
  static Calibration fit(List<Example> examples, List<Prediction> predictions, int models) {
    Calibration calibration = new Calibration(models);
    for (int m = 0; m < models; m++) {
      calibration.fitModel(examples, predictions, m);
    }
    return calibration;
  }

  private void fitModel(List<Example> examples, List<Prediction> predictions, int model) {
    double shift = 0;
    double slope = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double g0 = PRIOR_ROWS * shift;
      double g1 = PRIOR_ROWS * (slope - 1);
      double h00 = PRIOR_ROWS;
      double h01 = 0;
      double h11 = PRIOR_ROWS;
      for (int n = 0; n < examples.size(); n++) {
        double target = examples.get(n).quality[model];
        if (!Double.isNaN(target)) {
          double x = logit(predictions.get(n).good()[model]);
          double p = 1 / (1 + Math.exp(-(shift + slope * x)));
          double w = p * (1 - p);
          g0 += p - target;
          g1 += (p - target) * x;
          h00 += w;
          h01 += w * x;
          h11 += w * x * x;
        }
      }
      double determinant = h00 * h11 - h01 * h01;
      shift -= (h11 * g0 - h01 * g1) / determinant;
      slope -= (h00 * g1 - h01 * g0) / determinant;
    }
    shifts[model] = (float) shift;
    slopes[model] = (float) slope;
  }

  /** The prediction, corrected. */
  Prediction apply(Prediction prediction) {
    double[] good = prediction.good().clone();
    for (int m = 0; m < good.length; m++) {
      good[m] = 1 / (1 + Math.exp(-(shifts[m] + slopes[m] * logit(good[m]))));
    }
    return new Prediction(good, prediction.cost(), prediction.domain());
  }

  private static double logit(double p) {
    double inside = Math.clamp(p, 0.02, 0.98);
    return Math.log(inside / (1 - inside));
  }

  /** Shifts, then slopes. */
  float[] toArray() {
    float[] all = Arrays.copyOf(shifts, 2 * shifts.length);
    System.arraycopy(slopes, 0, all, shifts.length, slopes.length);
    return all;
  }
}
