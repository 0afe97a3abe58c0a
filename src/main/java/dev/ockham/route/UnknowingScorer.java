package dev.ockham.route;

import dev.ockham.catalog.Model;
import java.util.List;

/** The scorer of a gateway that has no weights. */
final class UnknowingScorer implements Scorer {
  @Override
  public Scores score(String ask, List<Model> candidates) {
    return Scores.NOTHING_KNOWN;
  }

  @Override
  public String version() {
    return "none";
  }
}
