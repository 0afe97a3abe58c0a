package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimate;
import dev.ockham.learn.Estimates;
import dev.ockham.learn.Features;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Scores by what was learned from recorded answers. A model the weights do not know, by its id or
 * by its provider's name for it, joins on its published skill, with a large uncertainty.
 */
public final class LearnedScorer implements Scorer {
  private final Encoder encoder;
  private final AbilityModel abilities;

  public LearnedScorer(Encoder encoder, AbilityModel abilities) {
    this.encoder = encoder;
    this.abilities = abilities;
  }

  @Override
  public Scores score(String ask, List<Model> candidates) {
    Features read = encoder.encode(ask);
    Estimates estimates = abilities.estimate(read);
    var byModel = HashMap.<String, Ability>newHashMap(candidates.size());
    for (Model model : candidates) {
      ability(model, estimates).ifPresent(known -> byModel.put(model.id(), known));
    }
    var features =
        new Explanation.TextFeatures(
            ByteBuffer.wrap(read.packed()),
            estimates.domain(),
            estimates.distance(),
            estimates.far());
    return new Scores(byModel, estimates.far(), Optional.of(features));
  }

  @Override
  public String version() {
    return abilities.checksum();
  }

  private static Optional<Ability> ability(Model model, Estimates estimates) {
    Optional<Estimate> learned =
        estimates.of(model.id()).or(() -> estimates.of(model.upstreamName()));
    if (learned.isPresent()) {
      return Optional.of(of(Basis.LEARNED, learned.get()));
    }
    OptionalDouble skill = model.priorSkill();
    return skill.isPresent()
        ? Optional.of(of(Basis.PRESUMED, estimates.ofUnknown(skill.getAsDouble())))
        : Optional.empty();
  }

  private static Ability of(Basis basis, Estimate estimate) {
    return new Ability(basis, estimate.good(), estimate.uncertainty(), estimate.outputTokens());
  }
}
