package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The demo's recipe on parts it was not trained on, beside the ways of choosing that need no
 * learning.
 */
public final class FoldEvaluation {
  private final Encoder encoder;
  private final Prices prices;
  private final Recipe recipe;

  FoldEvaluation(Encoder encoder, Prices prices, Recipe recipe) {
    this.encoder = encoder;
    this.prices = prices;
    this.recipe = recipe;
  }

  /**
   * What one test part showed. Percentages and points are against the best single model of the
   * training part.
   *
   * @param mixPoints what a random mix of single models gets at the router's cost
   * @param tablePoints what the domain table gets, told the true domain
   * @param tableSaved what the domain table saves
   * @param pointsAtTableCost how much more often than the domain table the router is right when it
   *     may spend as much
   * @param domainsRight the share of questions whose domain was predicted as their source has it
   */
  public record Result(
      int questions,
      double savedPercent,
      double points,
      PairedBootstrap.Intervals intervals,
      double mixPoints,
      double tableSaved,
      double tablePoints,
      double pointsAtTableCost,
      double oracleSaved,
      double oraclePoints,
      double domainsRight) {}

  /** Every fold in turn is tested on, the others are trained on. */
  List<Result> run(List<Example> examples, int folds) {
    int[] assigned = Folds.assign(examples, folds);
    return IntStream.range(0, folds)
        .parallel()
        .mapToObj(fold ->
            test(Folds.without(examples, assigned, fold), Folds.only(examples, assigned, fold)))
        .toList();
  }

  Result test(List<Example> training, List<Example> testing) {
    TrainedRouter router = TrainedRouter.train(training, encoder, prices, recipe);
    AbilityModel ability =
        new Trainer(encoder, prices.models(), recipe).load(router.weights().build());
    return measure(router, ability, testing);
  }

  Result measure(TrainedRouter router, AbilityModel ability, List<Example> testing) {
    List<Prediction> predictions =
        testing.stream().map(e -> Prediction.of(e, ability, prices)).toList();
    Scoreboard board = Scoreboard.of(testing, prices.models());
    TrainingFacts facts = router.facts();
    int[] single = board.always(facts.bestSingle());
    int[] routed = router.point().choices(predictions);
    Scoreboard.Score best = board.score(single);
    Scoreboard.Score score = board.score(routed);
    Scoreboard.Score table = board.score(board.byDomain(facts.domainTable(), facts.bestSingle()));
    Scoreboard.Score oracle = board.score(board.oracle());
    OptionalDouble mixed = board.mixedAccuracy(facts.worthMixing(), score.cost());
    double right = 0;
    for (int n = 0; n < testing.size(); n++) {
      right += predictions.get(n).domain().equals(testing.get(n).row.domain()) ? 1 : 0;
    }
    return new Result(
        testing.size(),
        score.savedPercent(best),
        score.pointsOver(best),
        PairedBootstrap.compare(board, routed, single, new SplittableRandom(1)),
        100 * (mixed.orElse(Double.NaN) - best.accuracy()),
        table.savedPercent(best),
        table.pointsOver(best),
        100 * (accuracyAt(board, predictions, table.cost()) - table.accuracy()),
        oracle.savedPercent(best),
        oracle.pointsOver(best),
        right / testing.size());
  }

  /**
   * The router's accuracy when its setting is turned until it costs this much, between the two
   * nearest settings.
   */
  static double accuracyAt(Scoreboard board, List<Prediction> predictions, long cost) {
    Scoreboard.Score below = new Scoreboard.Score(0, 0);
    for (double value : OperatingPoint.VALUES) {
      Scoreboard.Score score =
          board.score(new OperatingPoint(Math.round(value)).choices(predictions));
      if (score.cost() > cost) {
        double share = (double) (cost - below.cost()) / (score.cost() - below.cost());
        return below.cost() == 0
            ? score.accuracy()
            : below.accuracy() + share * (score.accuracy() - below.accuracy());
      }
      below = score;
    }
    return below.accuracy();
  }
}
