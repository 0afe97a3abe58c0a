package dev.ockham.route;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How much longer a model's answers are than was expected, seen on its traffic: a factor per model,
 * and on top of it one per model and kind or subject of the ask. Both begin at 1 and move by a
 * share of each surprise that shrinks as more is seen, so that they follow a model that changes.
 * Kept in memory; for any thread.
 */
final class AnswerLengths {
  /** So many answers' worth of belief that lengths are as expected. */
  private static final double BELIEF = 4;

  /** The least that one more answer counts. */
  private static final double LEAST_RATE = 0.02;

  /** An answer's surprise is cut at this factor: one runaway answer must not price a model out. */
  private static final double MOST_SURPRISE = Math.log(8);

  private static final double MOST_FACTOR = Math.log(30);

  private final ConcurrentMap<String, Habit> habits = new ConcurrentHashMap<>();

  /** A factor, as its logarithm, and how many answers it was seen on. */
  private record Habit(double logFactor, long seen) {
    static final Habit NONE = new Habit(0, 0);

    Habit after(double surprise) {
      double rate = Math.max(LEAST_RATE, 1 / (seen + BELIEF));
      double moved = Math.clamp(logFactor + rate * surprise, -MOST_FACTOR, MOST_FACTOR);
      return new Habit(moved, seen + 1);
    }
  }

  /** What to multiply an expected length by. */
  double factor(String model, String kind) {
    double logFactor = habit(model).logFactor + habit(key(model, kind)).logFactor;
    return Math.exp(Math.clamp(logFactor, -MOST_FACTOR, MOST_FACTOR));
  }

  /**
   * Learns from one whole answer.
   *
   * @param expected as it was said when the decision was made, factors included
   */
  void saw(String model, String kind, double expected, double tokens) {
    double surprise =
        Math.clamp(
            Math.log(Math.max(1, tokens) / Math.max(1, expected)), -MOST_SURPRISE, MOST_SURPRISE);
    move(model, surprise / 2);
    move(key(model, kind), surprise / 2);
  }

  private Habit habit(String key) {
    return habits.getOrDefault(key, Habit.NONE);
  }

  private void move(String key, double surprise) {
    habits.merge(key, Habit.NONE.after(surprise), (known, first) -> known.after(surprise));
  }

  private static String key(String model, String kind) {
    return model + '\n' + kind;
  }
}
