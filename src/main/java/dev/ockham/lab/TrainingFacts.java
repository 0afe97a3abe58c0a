package dev.ockham.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the training part says about models as such, before any routing. Baselines are fixed by it,
 * never by test rows.
 *
 * @param rows how many rows it has
 * @param bestSingle the model that was right most often
 * @param cheapest the model that cost least
 * @param worthMixing the models on the frontier of cost and accuracy, from cheapest to best: what a
 *     random mix mixes
 * @param domainTable per domain the model that is best on average, when a good answer is worth as
 *     much as to the router
 */
public record TrainingFacts(
    int rows,
    String bestSingle,
    String cheapest,
    List<String> worthMixing,
    Map<String, String> domainTable) {
  public TrainingFacts {
    worthMixing = List.copyOf(worthMixing);
    domainTable = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(domainTable));
  }

  /** The model that was right most often. */
  static String bestSingle(Scoreboard board) {
    String best = board.models().getFirst();
    for (String model : board.models()) {
      double accuracy = board.score(board.always(model)).accuracy();
      best = accuracy > board.score(board.always(best)).accuracy() ? model : best;
    }
    return best;
  }

  /** Finds them. */
  static TrainingFacts of(Scoreboard board, OperatingPoint point) {
    List<String> models = board.models();
    List<Scoreboard.Score> scores =
        models.stream().map(model -> board.score(board.always(model))).toList();
    int best = models.indexOf(bestSingle(board));
    int cheapest = 0;
    for (int m = 1; m < models.size(); m++) {
      cheapest = scores.get(m).cost() < scores.get(cheapest).cost() ? m : cheapest;
    }
    return new TrainingFacts(
        board.entries().size(),
        models.get(best),
        models.get(cheapest),
        frontier(scores, cheapest, best).stream().map(models::get).toList(),
        domainTable(board, (double) point.value()));
  }

  /** The upper convex hull of accuracy over cost. */
  private static List<Integer> frontier(List<Scoreboard.Score> scores, int cheapest, int best) {
    List<Integer> hull = new ArrayList<>(List.of(cheapest));
    int at = cheapest;
    while (at != best) {
      int next = best;
      for (int m = 0; m < scores.size(); m++) {
        if (scores.get(m).cost() > scores.get(at).cost()
            && slope(scores, at, m) > slope(scores, at, next)) {
          next = m;
        }
      }
      hull.add(next);
      at = next;
    }
    return hull;
  }

  private static double slope(List<Scoreboard.Score> scores, int from, int to) {
    return (scores.get(to).accuracy() - scores.get(from).accuracy())
        / (double) (scores.get(to).cost() - scores.get(from).cost());
  }

  private static SortedMap<String, String> domainTable(Scoreboard board, double value) {
    SortedMap<String, String> table = new TreeMap<>();
    TreeSet<String> domains = new TreeSet<>();
    board.entries().forEach(entry -> domains.add(entry.domain()));
    for (String domain : domains) {
      double[] worth = new double[board.models().size()];
      for (Scoreboard.Entry entry : board.entries()) {
        if (entry.domain().equals(domain)) {
          for (int m = 0; m < worth.length; m++) {
            worth[m] += value * entry.quality().get(m) - entry.cost().get(m);
          }
        }
      }
      int best = 0;
      for (int m = 1; m < worth.length; m++) {
        best = worth[m] > worth[best] ? m : best;
      }
      table.put(domain, board.models().get(best));
    }
    return table;
  }
}
