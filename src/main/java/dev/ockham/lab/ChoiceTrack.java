package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was chosen, by domain, and the choices that went wrong with the most confidence. */
final class ChoiceTrack {
  private static final int MOST_WRONG = 20;

  private final Study study;
  private final Map<String, Sums> byDomain = new TreeMap<>();
  private final List<Wrong> wrong = new ArrayList<>();

  private static final class Sums {
    int rows;
    double quality;
    double referenceQuality;
    double cost;
    double referenceCost;
    int elsewhere;
  }

  private record Wrong(int seed, Example row, int chosen, int reference, double predicted) {}

  ChoiceTrack(Study study) {
    this.study = study;
  }

  /**
   * Choices on test rows.
   *
   * @param chosen a model number per row
   * @param reference the model that would have served otherwise
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Made(int seed, Trial trial, int[] chosen, int reference) {}

  void add(Made made) {
    List<Example> rows = made.trial().split().testing();
    int reference = made.reference();
    for (int n = 0; n < rows.size(); n++) {
      Example row = rows.get(n);
      int chosen = made.chosen()[n];
      Sums sums = byDomain.computeIfAbsent(row.row.domain(), _ -> new Sums());
      sums.rows++;
      sums.quality += row.quality[chosen];
      sums.referenceQuality += row.quality[reference];
      sums.cost += row.cost[chosen];
      sums.referenceCost += row.cost[reference];
      sums.elsewhere += chosen == reference ? 0 : 1;
      if (row.quality[chosen] < 0.5 && row.quality[reference] >= 0.5) {
        double predicted = made.trial().tested().good()[n][chosen];
        wrong.add(new Wrong(made.seed(), row, chosen, reference, predicted));
      }
    }
  }

  /** Writes both. */
  void write(ObjectNode parent) {
    ObjectNode domains = parent.putObject("by_domain");
    byDomain.forEach((name, sums) -> {
      ObjectNode domain = domains.putObject(name.isEmpty() ? "(none)" : name);
      domain.put("test_rows", sums.rows);
      Figure.put(domain, "quality", sums.quality / sums.rows);
      Figure.put(domain, "reference_quality", sums.referenceQuality / sums.rows);
      Figure.put(domain, "sent_elsewhere", (double) sums.elsewhere / sums.rows);
      Figure.put(
          domain,
          "saved_percent",
          study.costsKnown()
              ? 100 * (sums.referenceCost - sums.cost) / sums.referenceCost
              : Double.NaN);
    });
    ArrayNode list = parent.putArray("went_wrong");
    wrong.stream()
        .sorted(Comparator.comparingDouble((Wrong w) -> -w.predicted()))
        .limit(MOST_WRONG)
        .forEach(one -> {
          ObjectNode node = list.addObject();
          node.put("seed", one.seed());
          node.put("id", one.row().row.id());
          node.put("domain", one.row().row.domain());
          node.put("chosen", study.models().get(one.chosen()));
          node.put("reference", study.models().get(one.reference()));
          Figure.put(node, "predicted_quality", one.predicted());
          Figure.put(node, "quality", one.row().quality[one.chosen()]);
        });
  }
}
