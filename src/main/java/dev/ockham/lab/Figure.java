package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One number measured once a seed: its mean, its standard deviation over seeds, and, where the test
 * rows were drawn again, a 95 % interval of the mean.
 */
final class Figure {
  private static final double TAIL = 0.025;

  private final List<Double> seeds = new ArrayList<>();
  private final List<double[]> draws = new ArrayList<>();

  Figure add(double value) {
    seeds.add(value);
    return this;
  }

  /** With the value on each drawing of the rows. */
  Figure add(double value, double[] redrawn) {
    seeds.add(value);
    draws.add(redrawn);
    return this;
  }

  double mean() {
    return seeds.stream().filter(v -> !v.isNaN()).mapToDouble(v -> v).average().orElse(Double.NaN);
  }

  private double deviation() {
    double mean = mean();
    double squares = 0;
    int count = 0;
    for (double value : seeds) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
        count++;
      }
    }
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }

  /** How much this is above another that was measured on the same rows and drawings. */
  Figure minus(Figure other) {
    Figure difference = new Figure();
    for (int s = 0; s < seeds.size(); s++) {
      difference.seeds.add(seeds.get(s) - other.seeds.get(s));
    }
    for (int s = 0; s < Math.min(draws.size(), other.draws.size()); s++) {
      double[] drawn = draws.get(s).clone();
      for (int d = 0; d < drawn.length; d++) {
        drawn[d] -= other.draws.get(s)[d];
      }
      difference.draws.add(drawn);
    }
    return difference;
  }

  /** Writes it: numbers that do not exist are null. */
  void write(ObjectNode parent, String name) {
    ObjectNode node = parent.putObject(name);
    put(node, "mean", mean());
    put(node, "sd", deviation());
    double[] means = meansOfDraws();
    put(node, "low", quantile(means, TAIL));
    put(node, "high", quantile(means, 1 - TAIL));
    ArrayNode each = node.putArray("seeds");
    seeds.forEach(value -> {
      if (Double.isFinite(value)) {
        each.add(rounded(value));
      } else {
        each.addNull();
      }
    });
  }

  /** Adds the interval, if there is one. */
  void putInterval(ObjectNode node) {
    double[] means = meansOfDraws();
    if (means.length > 0) {
      put(node, "low", quantile(means, TAIL));
      put(node, "high", quantile(means, 1 - TAIL));
    }
  }

  private double[] meansOfDraws() {
    if (draws.isEmpty()) {
      return new double[0];
    }
    double[] means = new double[draws.getFirst().length];
    for (double[] seed : draws) {
      for (int d = 0; d < means.length; d++) {
        means[d] += seed[d] / draws.size();
      }
    }
    return Arrays.stream(means).filter(Double::isFinite).sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value));
    } else {
      node.putNull(name);
    }
  }

  /** Seven significant digits. */
  static double rounded(double value) {
    return value == 0
        ? 0
        : new java.math.BigDecimal(value).round(new java.math.MathContext(7)).doubleValue();
  }
}
