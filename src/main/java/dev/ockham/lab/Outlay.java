package dev.ockham.lab;

import java.util.List;

/**
 * What an answer is expected to cost before it is there: list prices times expected tokens; where
 * only bills were recorded, a ridge head over the features.
 */
final class Outlay {
  private static final double PENALTY = 0.02;

  /** An answer is never expected to cost less than this share of its model's mean. */
  private static final double LEAST = 0.05;

  private final Study study;
  private final float[] head;
  private final double[] least;

  Outlay(Study study, List<Example> training) {
    this.study = study;
    int models = study.models().size();
    least = new double[models];
    boolean billed = study.costsKnown() && study.priced().isEmpty();
    Moments moments = new Moments(training.getFirst().inputs.length, models);
    if (billed) {
      for (Example example : training) {
        double[] costs = new double[models];
        for (int m = 0; m < models; m++) {
          costs[m] = example.cost[m];
          least[m] += LEAST * example.cost[m] / training.size();
        }
        moments.add(example.inputs, costs);
      }
    }
    head = billed ? moments.layer(PENALTY, 0, models) : new float[0];
  }

  /** Pico-dollars by model. */
  double[] of(Example example, double[] outputTokens) {
    double[] cost = new double[study.models().size()];
    if (study.priced().isPresent()) {
      for (int m = 0; m < cost.length; m++) {
        Prices.Price price = study.priced().get().of(study.models().get(m));
        cost[m] =
            (double) price.input() * example.inputTokens
                + (double) price.output() * Math.max(1, outputTokens[m]);
      }
    } else if (study.costsKnown()) {
      cost = Moments.apply(head, example.inputs, cost.length);
      for (int m = 0; m < cost.length; m++) {
        cost[m] = Math.max(least[m], cost[m]);
      }
    }
    return cost;
  }
}
