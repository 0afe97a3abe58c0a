package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Scores.Ability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Corrects another scorer's expected lengths by what was seen of each model's answers. The terms of
 * a decision are in its record, so that it can be made again although this goes on learning.
 */
public final class ObservingScorer implements Scorer {
  private final Scorer scorer;
  private final AnswerLengths lengths = new AnswerLengths();

  public ObservingScorer(Scorer scorer) {
    this.scorer = scorer;
  }

  @Override
  public Scores score(String ask, List<Model> candidates) {
    Scores expected = scorer.score(ask, candidates);
    String kind = kind(expected.features());
    Map<String, Ability> corrected = HashMap.newHashMap(expected.byModel().size());
    expected
        .byModel()
        .forEach((model, ability) ->
            corrected.put(
                model,
                new Ability(
                    ability.basis(),
                    ability.quality(),
                    ability.uncertainty(),
                    ability.outputTokens() * lengths.factor(model, kind))));
    return new Scores(corrected, expected.far(), expected.features());
  }

  @Override
  public String version() {
    return scorer.version();
  }

  @Override
  public void answered(Explanation why, String model, long outputTokens, OptionalLong cap) {
    for (Candidate candidate : why.candidates()) {
      if (candidate instanceof Candidate.Scored terms
          && terms.model().equals(model)
          && terms.outputTokens() < cap.orElse(Long.MAX_VALUE)) {
        lengths.saw(
            model, kind(why.features()), (double) terms.outputTokens(), (double) outputTokens);
      }
    }
  }

  private static String kind(Optional<Explanation.TextFeatures> features) {
    return features.map(Explanation.TextFeatures::domain).orElse("");
  }
}
