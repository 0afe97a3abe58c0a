package dev.ockham.route;

import dev.ockham.catalog.Model;
import java.util.List;
import java.util.OptionalLong;

/** Tells how well each candidate would answer an ask. Pure, fast and safe for any thread. */
public interface Scorer {
  /** Knows nothing: every route falls back to its default. */
  static Scorer none() {
    return new UnknowingScorer();
  }

  /**
   * @param ask the newest thing a person asked, without what a harness wrapped around it
   * @param candidates in any order
   */
  Scores score(String ask, List<Model> candidates);

  /**
   * Tells how long a whole answer was, as its provider counted; most scorers do not care.
   *
   * @param why the decision that chose the model
   * @param cap what the client allowed at most
   */
  default void answered(Explanation why, String model, long outputTokens, OptionalLong cap) {}

  /** Names the weights in every record made with them. */
  String version();
}
