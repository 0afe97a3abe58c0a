package dev.ockham.route;

import dev.ockham.catalog.Model;
import dev.ockham.learn.AskKind;
import dev.ockham.learn.AskKinds;
import dev.ockham.learn.AskReading;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Features;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Scores where nothing was learned of today's models: by what the ask demands, and by a first guess
 * of each model's skill. What is clearly everyday every able model answers; what has to be worked
 * out takes skill. A model of which nothing can be guessed is left out.
 */
public final class PriorScorer implements Scorer {
  /** What even able models make of what is everyday. */
  private static final double EVERYDAY = 0.985;

  /** Below this skill also everyday asks begin to fail. */
  private static final double ABLE = 0.55;

  private static final double FAILING = 0.7;

  /** The skill at which every second demanding answer is good enough, and how much it matters. */
  private static final double HALF_WAY = 0.75;

  private static final double STEEPNESS = 10;

  private static final double SURE = 0.01;
  private static final double UNSURE = 0.2;

  private final Encoder encoder;
  private final AskKinds kinds;

  public PriorScorer(Encoder encoder, AskKinds kinds) {
    this.encoder = encoder;
    this.kinds = kinds;
  }

  @Override
  public Scores score(String ask, List<Model> candidates) {
    Features features = encoder.encode(ask);
    AskReading reading = kinds.read(ask, features);
    var byModel = HashMap.<String, Ability>newHashMap(candidates.size());
    for (Model model : candidates) {
      if (model.priorSkill().isPresent()) {
        byModel.put(model.id(), ability(model, ask, reading));
      }
    }
    var read =
        new Explanation.TextFeatures(
            ByteBuffer.wrap(features.packed()),
            reading.kind().label(),
            reading.demand(),
            !reading.readable());
    return new Scores(byModel, !reading.readable(), Optional.of(read));
  }

  @Override
  public String version() {
    return kinds.checksum();
  }

  private static Ability ability(Model model, String ask, AskReading reading) {
    double skill = model.priorSkill().getAsDouble();
    double everyday = EVERYDAY - FAILING * Math.max(0, ABLE - skill);
    double worked = 1 / (1 + Math.exp(-STEEPNESS * (skill - HALF_WAY)));
    double tokens = tokens(ask, reading);
    if (reading.everyday()) {
      return new Ability(Basis.PRESUMED, everyday, SURE, tokens);
    }
    double demand = reading.demand();
    double quality = demand * worked + (1 - demand) * everyday;
    return new Ability(Basis.PRESUMED, quality, UNSURE, tokens);
  }

  /** Text in another form is about as long as it was; other answers have their usual length. */
  private static double tokens(String ask, AskReading reading) {
    double given = Math.clamp(ask.length() / 8.0, 20, 2_000);
    double usual = reading.usualTokens();
    return reading.kind() == AskKind.TRANSFORM ? (usual + given) / 2 : usual;
  }
}
