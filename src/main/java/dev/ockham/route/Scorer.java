package dev.ockham.route;

import dev.ockham.catalog.Model;
import java.util.List;

/** Tells how well each candidate would answer an ask. Pure, fast and safe for any thread. */
public interface Scorer {
  /** Knows nothing: every route falls back to its default. */
  Scorer NONE = new UnknowingScorer();

  /**
   * @param ask the newest thing a person asked, without what a harness wrapped around it
   * @param candidates in any order
   */
  Scores score(String ask, List<Model> candidates);

  /** Names the weights in every record made with them. */
  String version();
}
