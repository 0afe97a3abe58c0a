package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights, the setting they are used with, and the facts of their training part. Calibration and
 * setting come from predictions that were made without the row they are for, by 5-fold
 * cross-fitting inside the training part.
 */
record TrainedRouter(WeightsFile.Builder weights, OperatingPoint point, TrainingFacts facts) {
  private static final int FOLDS = 5;

  static TrainedRouter train(
      List<Example> training, Encoder encoder, Prices prices, Recipe recipe) {
    List<String> models = prices.models();
    Trainer trainer = new Trainer(encoder, models, recipe);
    List<Prediction> unseen = crossFit(training, trainer, prices);
    Calibration calibration = Calibration.fit(training, unseen, models.size());
    Scoreboard board = Scoreboard.of(training, models);
    double bar =
        board.score(board.always(TrainingFacts.bestSingle(board))).accuracy()
            - OperatingPoint.TOLERATED_LOSS;
    OperatingPoint point =
        OperatingPoint.choose(board, unseen.stream().map(calibration::apply).toList(), bar);
    return new TrainedRouter(
        trainer.fit(training, calibration), point, TrainingFacts.of(board, point));
  }

  private static List<Prediction> crossFit(List<Example> examples, Trainer trainer, Prices prices) {
    int[] folds = Folds.assign(examples, FOLDS);
    Prediction[] predictions = new Prediction[examples.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      AbilityModel ability = trainer.uncalibrated(Folds.without(examples, folds, fold));
      for (int n = 0; n < predictions.length; n++) {
        if (folds[n] == fold) {
          predictions[n] = Prediction.of(examples.get(n), ability, prices);
        }
      }
    }
    return new ArrayList<>(List.of(predictions));
  }
}
