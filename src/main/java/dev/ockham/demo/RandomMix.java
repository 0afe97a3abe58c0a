package dev.ockham.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What drawing lots would come to at a given cost: the two neighbouring corners of the training
 * part's hull that the cost lies between, mixed so that the mean cost is met. An expected value,
 * not a draw.
 *
 * @param label both models with their shares
 * @param accuracy in per cent
 */
record RandomMix(String label, double accuracy, long picos) {

  static RandomMix costing(
      long picos, List<String> hull, List<Question> questions, Map<String, Tariff> tariffs) {
    String lower = hull.getFirst();
    Tally low = Strategy.always(lower).over(questions, tariffs);
    for (String upper : hull.subList(1, hull.size())) {
      Tally high = Strategy.always(upper).over(questions, tariffs);
      if (picos <= high.totalPicos() || upper.equals(hull.getLast())) {
        return between(lower, low, upper, high, picos);
      }
      lower = upper;
      low = high;
    }
    return new RandomMix(lower, low.accuracy(), low.totalPicos());
  }

  private static RandomMix between(String lower, Tally low, String upper, Tally high, long picos) {
    double span = Math.max(1L, high.totalPicos() - low.totalPicos());
    double share = Math.clamp((picos - low.totalPicos()) / span, 0.0, 1.0);
    long mixed = Math.round(low.totalPicos() + share * (high.totalPicos() - low.totalPicos()));
    double accuracy = low.accuracy() + share * (high.accuracy() - low.accuracy());
    String label =
        String.format(
            Locale.ROOT, "%.0f %% %s, %.0f %% %s", 100 * share, upper, 100 - 100 * share, lower);
    return new RandomMix(label, accuracy, mixed);
  }
}
