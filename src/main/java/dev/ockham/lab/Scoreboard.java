package dev.ockham.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Questions whose outcome is recorded for every model, and what any way of choosing would have
 * scored on them. A choice is one model number per question, in the order of {@link #models()}.
 */
final class Scoreboard {
  private final List<String> models;
  private final List<Entry> entries = new ArrayList<>();

  public Scoreboard(List<String> models) {
    this.models = List.copyOf(models);
  }

  /**
   * One question.
   *
   * @param domain the subject its source gives it
   * @param quality per model, 0 to 1
   * @param cost per model, pico-dollars
   */
  public record Entry(String domain, List<Double> quality, List<Long> cost) {}

  /**
   * What a way of choosing scored.
   *
   * @param accuracy mean quality, 0 to 1
   * @param cost pico-dollars in all
   */
  public record Score(double accuracy, long cost) {
    /** How much less than another this cost, in percent of the other. */
    public double savedPercent(Score other) {
      return 100.0 * (other.cost - cost) / other.cost;
    }

    /** How much more often than another this was right, in percentage points. */
    public double pointsOver(Score other) {
      return 100 * (accuracy - other.accuracy);
    }
  }

  /** Adds a question. */
  public void add(Entry entry) {
    if (entry.quality.size() != models.size() || entry.cost.size() != models.size()) {
      throw new IllegalArgumentException(
          "An entry has one quality and one cost for each of " + models);
    }
    entries.add(entry);
  }

  static Scoreboard of(List<Example> examples, List<String> models) {
    Scoreboard board = new Scoreboard(models);
    for (Example example : examples) {
      List<Double> quality = new ArrayList<>();
      List<Long> cost = new ArrayList<>();
      for (int m = 0; m < models.size(); m++) {
        quality.add(example.quality[m]);
        cost.add(example.cost[m]);
      }
      board.add(new Entry(example.row.domain(), quality, cost));
    }
    return board;
  }

  public List<String> models() {
    return models;
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The score of choosing these models, question by question. */
  public Score score(int[] choices) {
    double quality = 0;
    long cost = 0;
    for (int n = 0; n < choices.length; n++) {
      quality += entries.get(n).quality.get(choices[n]);
      cost = Math.addExact(cost, entries.get(n).cost.get(choices[n]));
    }
    return new Score(quality / choices.length, cost);
  }

  /** The same model for every question. */
  public int[] always(String model) {
    int[] choices = new int[entries.size()];
    java.util.Arrays.fill(choices, number(model));
    return choices;
  }

  /** A model by the question's own domain; domains without one get the default. */
  public int[] byDomain(Map<String, String> table, String byDefault) {
    int[] choices = new int[entries.size()];
    for (int n = 0; n < choices.length; n++) {
      choices[n] = number(table.getOrDefault(entries.get(n).domain, byDefault));
    }
    return choices;
  }

  /** With hindsight: the cheapest of the best answers to each question. No router can do better. */
  public int[] oracle() {
    int[] choices = new int[entries.size()];
    for (int n = 0; n < choices.length; n++) {
      Entry entry = entries.get(n);
      for (int m = 1; m < models.size(); m++) {
        int order = Double.compare(entry.quality.get(m), entry.quality.get(choices[n]));
        if (order > 0 || (order == 0 && entry.cost.get(m) < entry.cost.get(choices[n]))) {
          choices[n] = m;
        }
      }
    }
    return choices;
  }

  /**
   * The zero router: how right a random mix of two neighbouring models is at a given total cost.
   * The models are those worth mixing, from cheapest to dearest. Empty when the cost lies outside
   * what they span.
   */
  public OptionalDouble mixedAccuracy(List<String> worthMixing, long cost) {
    for (int i = 0; i + 1 < worthMixing.size(); i++) {
      Score low = score(always(worthMixing.get(i)));
      Score high = score(always(worthMixing.get(i + 1)));
      if (low.cost <= cost && cost <= high.cost && low.cost < high.cost) {
        double share = (double) (cost - low.cost) / (high.cost - low.cost);
        return OptionalDouble.of(low.accuracy + share * (high.accuracy - low.accuracy));
      }
    }
    return OptionalDouble.empty();
  }

  private int number(String model) {
    int number = models.indexOf(model);
    if (number < 0) {
      throw new IllegalArgumentException("No model " + model + " among " + models);
    }
    return number;
  }
}
