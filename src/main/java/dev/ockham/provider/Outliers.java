package dev.ockham.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the deployment of a model that is much slower than the others, or fails much more often. No
 * more than half of them are ever left out.
 */
final class Outliers {
  /** Times the others' median. */
  static final double SLOW = 3;

  /** Share of calls, and times the others' median. */
  static final double FAILING = 0.3;

  static final int ENOUGH_LATENCIES = 5;
  static final int ENOUGH_CALLS = 10;

  private Outliers() {}

  /** A moving average, and of how many samples. */
  record Sampled(double value, int samples) {}

  /** What is known of a deployment. */
  record Evidence(boolean ejected, Sampled latency, Sampled failing) {}

  /** Which is to be left out now. */
  static OptionalInt worst(List<Evidence> all) {
    long out = all.stream().filter(Evidence::ejected).count();
    if ((out + 1) * 2 > all.size()) {
      return OptionalInt.empty();
    }
    int worst = -1;
    double badness = 0;
    for (int i = 0; i < all.size(); i++) {
      double bad = all.get(i).ejected ? 0 : Math.max(slowness(all, i), failure(all, i));
      if (bad > badness) {
        worst = i;
        badness = bad;
      }
    }
    return worst < 0 ? OptionalInt.empty() : OptionalInt.of(worst);
  }

  private static double slowness(List<Evidence> all, int which) {
    Sampled own = all.get(which).latency;
    List<Double> peers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Sampled other = all.get(i).latency;
      if (i != which && !all.get(i).ejected && other.samples >= ENOUGH_LATENCIES) {
        peers.add(other.value);
      }
    }
    boolean known = own.samples >= ENOUGH_LATENCIES && !peers.isEmpty();
    return known && own.value > SLOW * median(peers) ? own.value / median(peers) : 0;
  }

  private static double failure(List<Evidence> all, int which) {
    Sampled own = all.get(which).failing;
    List<Double> peers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Sampled other = all.get(i).failing;
      if (i != which && !all.get(i).ejected && other.samples >= ENOUGH_CALLS) {
        peers.add(other.value);
      }
    }
    boolean known = own.samples >= ENOUGH_CALLS && !peers.isEmpty();
    boolean worse = known && own.value > FAILING && own.value > SLOW * median(peers);
    return worse ? SLOW + own.value : 0;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
