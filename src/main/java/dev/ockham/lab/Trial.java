package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimate;
import dev.ockham.learn.Estimates;
import dev.ockham.learn.WeightsFile;
import java.util.List;

/**
 * One training and what it believes of the test rows. The beliefs go the way a decision goes: the
 * weights are written, read and asked.
 *
 * @param unseen beliefs of the training rows, each made without its row
 * @param tested beliefs of the test rows
 */
record Trial(Study study, Split split, Beliefs unseen, Beliefs tested, Learned learned) {

  /** What was learned, to be asked again. */
  record Learned(Study study, AbilityModel ability, Outlay outlay) {}

  /** Trains on one side of a split and looks at the other. */
  static Trial run(Study study, Split split, Encoder encoder) {
    return run(study, split, split.training(), encoder);
  }

  /** As {@link #run}, but with other outcomes for the training rows. */
  static Trial run(Study study, Split split, List<Example> training, Encoder encoder) {
    Fitting fitting = new Fitting(training, encoder, study.models(), Recipe.standard());
    Outlay outlay = new Outlay(study, training);
    AbilityModel ability =
        WeightsFile.parse(fitting.weights().build())
            .then(file -> AbilityModel.load(file, encoder))
            .orThrow();
    return new Trial(
        study,
        split,
        unseen(fitting, outlay, training),
        tested(new Learned(study, ability, outlay), split.testing()),
        new Learned(study, ability, outlay));
  }

  /** Beliefs of the training rows, each made without its row. */
  static Beliefs unseen(Fitting fitting, Outlay outlay, List<Example> training) {
    List<Fitting.Unseen> unseen = fitting.unseen();
    double[][] good = new double[training.size()][];
    double[][] cost = new double[training.size()][];
    for (int n = 0; n < good.length; n++) {
      good[n] = unseen.get(n).good();
      cost[n] = outlay.of(training.get(n), unseen.get(n).tokens());
    }
    return new Beliefs(good, cost);
  }

  static Beliefs tested(Learned learned, List<Example> testing) {
    Study study = learned.study();
    double[][] good = new double[testing.size()][study.models().size()];
    double[][] cost = new double[testing.size()][];
    for (int n = 0; n < good.length; n++) {
      Estimates estimates = learned.ability().estimate(testing.get(n).features);
      double[] tokens = new double[good[n].length];
      for (int m = 0; m < tokens.length; m++) {
        Estimate estimate = estimates.of(study.models().get(m)).orElseThrow();
        good[n][m] = estimate.good();
        tokens[m] = estimate.outputTokens();
      }
      cost[n] = learned.outlay().of(testing.get(n), tokens);
    }
    return new Beliefs(good, cost);
  }
}
