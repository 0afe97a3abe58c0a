package dev.ockham.demo;

import java.util.List;
import java.util.Map;

/**
 * Quality and cost question by question, counted without the ledger: recorded answers, characters /
 * 4, list prices, and nothing of the gateway's own arithmetic.
 */
final class Tally {
  /** Of every question's answer, 0 to 1. */
  private final double[] quality;

  /** Cost of every question, in picodollars. */
  private final long[] picos;

  private Tally(double[] quality, long[] picos) {
    this.quality = quality;
    this.picos = picos;
  }

  /**
   * Counts answers up.
   *
   * @param models for every question the model whose answer counts
   */
  static Tally of(List<Question> questions, List<String> models, Map<String, Tariff> tariffs) {
    double[] quality = new double[questions.size()];
    long[] picos = new long[questions.size()];
    for (int i = 0; i < picos.length; i++) {
      Question question = questions.get(i);
      quality[i] = question.answerOf(models.get(i)).quality();
      picos[i] = cost(question, models.get(i), tariffs);
    }
    return new Tally(quality, picos);
  }

  static long cost(Question question, String model, Map<String, Tariff> tariffs) {
    Tariff tariff = tariffs.get(model);
    if (tariff == null) {
      throw new IllegalArgumentException(
          model + " has no price (expected: " + tariffs.keySet() + ")");
    }
    return tariff.cost(question.prompt(), question.answerOf(model).text());
  }

  long totalPicos() {
    long sum = 0;
    for (long one : picos) {
      sum = Math.addExact(sum, one);
    }
    return sum;
  }

  /** Share of right answers, in per cent. */
  double accuracy() {
    double sum = 0;
    for (double one : quality) {
      sum += one;
    }
    return 100 * sum / quality.length;
  }

  /** How much less this costs than {@code other} over a sample of questions, in per cent. */
  double savedPercent(Tally other, int[] sample) {
    double mine = 0;
    double others = 0;
    for (int i : sample) {
      mine += picos[i];
      others += other.picos[i];
    }
    return 100 * (1 - mine / others);
  }

  /** How much more accurate this is than {@code other} over a sample, in points. */
  double accuracyDifference(Tally other, int[] sample) {
    double difference = 0;
    for (int i : sample) {
      difference += quality[i] - other.quality[i];
    }
    return 100 * difference / sample.length;
  }
}
