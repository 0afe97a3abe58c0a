package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The tracks that are measured on every seed's test rows. */
final class Tracks {
  private static final double DOLLAR = 1e12;

  private final Study study;
  private final Encoder encoder;
  private final DecisionLines decisions;
  private final ShareTrack shares;
  private final CostTrack costs;
  private final PointTrack points;
  private final CalibrationTrack calibration;
  private final ChoiceTrack choices;
  private Optional<First> first = Optional.empty();

  /** The first seed's trial, and what a good answer is worth there; NaN without costs. */
  record First(Trial trial, double value) {}

  Tracks(Study study, Encoder encoder, DecisionLines decisions) {
    this.study = study;
    this.encoder = encoder;
    this.decisions = decisions;
    shares = new ShareTrack(study);
    costs = new CostTrack(study);
    points = new PointTrack(study);
    calibration = new CalibrationTrack(study);
    choices = new ChoiceTrack(study);
  }

  Optional<First> first() {
    return first;
  }

  /** Measures one seed, the baselines too. */
  void add(int seed, Trial trial) {
    Split split = trial.split();
    Redraws redraws = new Redraws(split.testing().size(), seed, Redraws.DRAWS);
    Approaches approaches = new Approaches(split, study.models().size());
    Map<String, Beliefs> baselines = approaches.baselines();
    Map<String, Beliefs> beliefs = new LinkedHashMap<>();
    beliefs.put(Approaches.ROUTER, trial.tested());
    beliefs.putAll(baselines);
    beliefs.put(
        Approaches.SHUFFLED, Trial.run(study, split, approaches.shuffled(seed), encoder).tested());
    shares.add(split, beliefs, redraws);
    calibration.add(split, trial.tested());
    if (study.costsKnown()) {
      costs.add(split, beliefs, redraws);
      OperatingSetting setting =
          points.add(trial, baselines.getOrDefault(Approaches.ORACLE, trial.tested()), redraws);
      chosen(
          new ChoiceTrack.Made(seed, trial, setting.choices(trial.tested()), setting.bestSingle()),
          setting.value());
    } else {
      chosen(new ChoiceTrack.Made(seed, trial, half(trial), study.strong()), Double.NaN);
    }
  }

  private void chosen(ChoiceTrack.Made made, double value) {
    choices.add(made);
    decisions.add(made, value / DOLLAR);
    if (first.isEmpty()) {
      first = Optional.of(new First(made.trial(), value));
    }
  }

  /** The strong model for the half of the rows with the greatest expected gap. */
  private int[] half(Trial trial) {
    double[] gaps = trial.tested().gaps(study.weak(), study.strong());
    double[] sorted = gaps.clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    return Arrays.stream(gaps)
        .mapToInt(gap -> gap >= middle ? study.strong() : study.weak())
        .toArray();
  }

  void write(ObjectNode out) {
    shares.write(out);
    if (study.costsKnown()) {
      points.write(costs.write(out));
    }
    calibration.write(out);
    choices.write(out);
  }
}
