package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Ways of choosing that stand beside the router: each learns from the training rows only. */
final class Approaches {
  static final String ROUTER = "router";
  static final String DOMAIN_TABLE = "domain_table";
  static final String NEAREST = "knn_100";
  static final String ORACLE = "oracle";
  static final String SHUFFLED = "shuffled_labels";
  private static final int NEIGHBOURS = 100;
  private static final double SHRINKAGE = 5;

  private final Split split;
  private final int models;

  Approaches(Split split, int models) {
    this.split = split;
    this.models = models;
  }

  /** The baselines by name, the router aside. */
  Map<String, Beliefs> baselines() {
    Map<String, Beliefs> baselines = new LinkedHashMap<>();
    baselines.put(DOMAIN_TABLE, domainTable());
    baselines.put(NEAREST, nearest());
    baselines.put(ORACLE, oracle());
    return baselines;
  }

  /** Each domain's averages, told the true domain, which a gateway is not. */
  private Beliefs domainTable() {
    double[] all = averages(split.training(), new double[2 * models], 0);
    Map<String, List<Example>> byDomain = new HashMap<>();
    split
        .training()
        .forEach(e -> byDomain.computeIfAbsent(e.row.domain(), _ -> new ArrayList<>()).add(e));
    Map<String, double[]> table = new HashMap<>();
    byDomain.forEach((domain, rows) -> table.put(domain, averages(rows, all, SHRINKAGE)));
    return beliefs(
        split.testing().stream().map(e -> table.getOrDefault(e.row.domain(), all)).toList());
  }

  /** The averages of the hundred nearest training rows by cosine. */
  private Beliefs nearest() {
    List<Example> training = split.training();
    int dimensions = training.getFirst().features.vector().length;
    float[] columns = new float[training.size() * dimensions];
    for (int n = 0; n < training.size(); n++) {
      float[] vector = training.get(n).features.vector();
      for (int d = 0; d < dimensions; d++) {
        columns[d * training.size() + n] = vector[d];
      }
    }
    List<double[]> believed = new ArrayList<>();
    for (Example example : split.testing()) {
      float[] cosines = SphericalMeans.cosines(columns, example.features.vector(), training.size());
      List<Example> near = new ArrayList<>();
      for (int n : greatest(cosines, Math.min(NEIGHBOURS, training.size()))) {
        near.add(training.get(n));
      }
      believed.add(averages(near, new double[2 * models], 0));
    }
    return beliefs(believed);
  }

  private static int[] greatest(float[] values, int count) {
    float[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    float least = sorted[sorted.length - count];
    return IntStream.range(0, values.length).filter(n -> values[n] >= least).limit(count).toArray();
  }

  /** With hindsight. */
  private Beliefs oracle() {
    return beliefs(
        split.testing().stream()
            .map(e -> averages(List.of(e), new double[2 * models], 0))
            .toList());
  }

  /** The same asks with the outcomes of others: whoever learns from them has nothing to learn. */
  List<Example> shuffled(int seed) {
    List<Example> outcomes = new ArrayList<>(split.training());
    Collections.shuffle(outcomes, new Random(1_000 + seed));
    List<Example> shuffled = new ArrayList<>();
    for (int n = 0; n < outcomes.size(); n++) {
      shuffled.add(split.training().get(n).withOutcomesOf(outcomes.get(n)));
    }
    return shuffled;
  }

  /** Mean qualities, then mean costs, shrunk towards others. */
  private double[] averages(List<Example> rows, double[] towards, double shrinkage) {
    double[] averages = new double[2 * models];
    for (int i = 0; i < averages.length; i++) {
      double sum = shrinkage * towards[i];
      for (Example row : rows) {
        sum += i < models ? row.quality[i] : row.cost[i - models];
      }
      averages[i] = sum / (rows.size() + shrinkage);
    }
    return averages;
  }

  private Beliefs beliefs(List<double[]> averages) {
    double[][] good = new double[averages.size()][];
    double[][] cost = new double[averages.size()][];
    for (int n = 0; n < good.length; n++) {
      good[n] = java.util.Arrays.copyOf(averages.get(n), models);
      cost[n] = java.util.Arrays.copyOfRange(averages.get(n), models, 2 * models);
    }
    return new Beliefs(good, cost);
  }
}
