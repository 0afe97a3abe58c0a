package dev.ockham.lab;

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
  static TrainedRouter train(
      List<Example> training, Encoder encoder, Prices prices, Recipe recipe) {
    List<String> models = prices.models();
    Fitting fitting = new Fitting(training, encoder, models, recipe);
    List<Fitting.Unseen> made = fitting.unseen();
    List<Prediction> unseen = new ArrayList<>();
    for (int n = 0; n < training.size(); n++) {
      unseen.add(Prediction.of(training.get(n), made.get(n), prices));
    }
    Scoreboard board = Scoreboard.of(training, models);
    double bar =
        board.score(board.always(TrainingFacts.bestSingle(board))).accuracy()
            - OperatingPoint.TOLERATED_LOSS;
    OperatingPoint point = OperatingPoint.choose(board, unseen, bar);
    return new TrainedRouter(fitting.weights(), point, TrainingFacts.of(board, point));
  }
}
