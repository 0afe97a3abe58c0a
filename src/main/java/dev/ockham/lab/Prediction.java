package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Estimate;
import dev.ockham.learn.Estimates;
import java.util.List;

/**
 * What the router would believe of one example: per model the probability of a good answer and the
 * expected cost.
 */
final class Prediction {
  private final double[] good;
  private final double[] cost;
  private final String domain;

  Prediction(double[] good, double[] cost, String domain) {
    this.good = good;
    this.cost = cost;
    this.domain = domain;
  }

  static Prediction of(Example example, AbilityModel ability, Prices prices) {
    Estimates estimates = ability.estimate(example.features);
    List<String> models = prices.models();
    double[] good = new double[models.size()];
    double[] cost = new double[models.size()];
    for (int m = 0; m < good.length; m++) {
      Estimate estimate = estimates.of(models.get(m)).orElseThrow();
      Prices.Price price = prices.of(models.get(m));
      good[m] = estimate.good();
      cost[m] =
          (double) price.input() * example.inputTokens
              + (double) price.output() * estimate.outputTokens();
    }
    return new Prediction(good, cost, estimates.domain());
  }

  static Prediction of(Example example, Fitting.Unseen unseen, Prices prices) {
    List<String> models = prices.models();
    double[] cost = new double[models.size()];
    for (int m = 0; m < cost.length; m++) {
      Prices.Price price = prices.of(models.get(m));
      cost[m] =
          (double) price.input() * example.inputTokens
              + (double) price.output() * Math.max(1, unseen.tokens()[m]);
    }
    return new Prediction(unseen.good(), cost, "");
  }

  double[] good() {
    return good;
  }

  /** Pico-dollars. */
  double[] cost() {
    return cost;
  }

  String domain() {
    return domain;
  }

  /**
   * The model with the greatest value × probability − cost, when a good answer is worth so many
   * pico-dollars.
   */
  int choice(double value) {
    int best = 0;
    for (int m = 1; m < good.length; m++) {
      best = value * good[m] - cost[m] > value * good[best] - cost[best] ? m : best;
    }
    return best;
  }
}
