package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The fold evaluation in print: a line per fold, then means. */
public final class FoldReport {
  private static final String LINE = "%-6s %9s %8s %8s %10s %10s %10s %10s %9s%n";

  private FoldReport() {}

  /**
   * Evaluates the standard recipe and prints as it goes; returns the results for whoever checks
   * them.
   */
  public static List<FoldEvaluation.Result> print(
      RoutingData data, int folds, Encoder encoder, PrintWriter out) throws IOException {
    Prices prices = Prices.read(data.prices());
    List<Example> pool = data.pool(encoder);
    out.printf(
        Locale.ROOT,
        "%,d questions answered by all %d models, %d folds by question stem, against the best single model%n"
            + "of each training part. Percent of cost saved, points of accuracy.%n%n",
        pool.size(),
        prices.models().size(),
        folds);
    out.printf(
        LINE,
        "fold",
        "questions",
        "saved",
        "points",
        "mix pts",
        "table",
        "table pts",
        "at table",
        "domain");
    out.flush();
    List<FoldEvaluation.Result> results =
        new FoldEvaluation(encoder, prices, Recipe.standard()).run(pool, folds);
    for (int fold = 0; fold < results.size(); fold++) {
      line(out, String.valueOf(fold + 1), List.of(results.get(fold)));
    }
    line(out, "mean", results);
    out.printf(
        Locale.ROOT,
        "%nmix pts: a random mix of single models at the router's cost. table: each domain's best model, told the true%n"
            + "domain. at table: router minus table in points when it spends as much. domain: predicted right, percent.%n"
            + "Oracle: %.1f %% saved at %+.1f points.%n",
        mean(results, FoldEvaluation.Result::oracleSaved),
        mean(results, FoldEvaluation.Result::oraclePoints));
    out.flush();
    return results;
  }

  /** One test part with its intervals. */
  public static void printOne(FoldEvaluation.Result result, PrintWriter out) {
    PairedBootstrap.Interval saved = result.intervals().savedPercent();
    PairedBootstrap.Interval points = result.intervals().points();
    out.printf(
        Locale.ROOT,
        "%,d held-out questions: %.1f %% saved (95 %%: %.1f to %.1f) at %+.2f points (95 %%: %+.2f to %+.2f)%n"
            + "against the best single model. Domain table: %.1f %% saved at %+.2f points; the router at its cost: %+.2f%n"
            + "points beside it. Random mix at the router's cost: %+.2f points. Oracle: %.1f %% at %+.2f. Domain right: %.1f %%.%n",
        result.questions(),
        result.savedPercent(),
        saved.low(),
        saved.high(),
        result.points(),
        points.low(),
        points.high(),
        result.tableSaved(),
        result.tablePoints(),
        result.pointsAtTableCost(),
        result.mixPoints(),
        result.oracleSaved(),
        result.oraclePoints(),
        100 * result.domainsRight());
    out.flush();
  }

  private static void line(PrintWriter out, String name, List<FoldEvaluation.Result> results) {
    out.printf(
        LINE,
        name,
        results.stream().mapToInt(FoldEvaluation.Result::questions).sum(),
        number(results, FoldEvaluation.Result::savedPercent),
        number(results, FoldEvaluation.Result::points),
        number(results, FoldEvaluation.Result::mixPoints),
        number(results, FoldEvaluation.Result::tableSaved),
        number(results, FoldEvaluation.Result::tablePoints),
        number(results, FoldEvaluation.Result::pointsAtTableCost),
        number(results, result -> 100 * result.domainsRight()));
  }

  private static String number(
      List<FoldEvaluation.Result> results, ToDoubleFunction<FoldEvaluation.Result> figure) {
    return String.format(Locale.ROOT, "%.2f", mean(results, figure));
  }

  /** The mean of a figure over folds. */
  public static double mean(
      List<FoldEvaluation.Result> results, ToDoubleFunction<FoldEvaluation.Result> figure) {
    return results.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
