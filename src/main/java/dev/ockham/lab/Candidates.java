package dev.ockham.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which models of a file are compared. */
record Candidates(Path file, List<Row> rows) {
  public Candidates {
    rows = List.copyOf(rows);
  }

  /**
   * Those that are named; else those of the price file; else so many of the most frequent ones that
   * models times rows answered by all of them is greatest.
   */
  List<String> choose(List<String> named, Optional<Prices> prices) throws Study.Unusable {
    Map<String, Integer> answered = new TreeMap<>();
    rows.forEach(row -> row.outcomes().keySet().forEach(m -> answered.merge(m, 1, Integer::sum)));
    List<String> unknown = named.stream().filter(model -> !answered.containsKey(model)).toList();
    if (!unknown.isEmpty()) {
      throw new Study.Unusable(
          "%s has no outcomes of %s; it has those of %s"
              .formatted(file, unknown, answered.keySet()));
    }
    List<String> models = named.isEmpty() ? usual(prices, answered) : named;
    if (models.stream().distinct().count() < 2) {
      throw new Study.Unusable(
          "%s: a choice needs two models, found %s (the file has %s)"
              .formatted(file, models, answered.keySet()));
    }
    return models.stream().distinct().toList();
  }

  private List<String> usual(Optional<Prices> prices, Map<String, Integer> answered) {
    List<String> priced =
        prices.map(Prices::models).orElse(List.of()).stream()
            .filter(answered::containsKey)
            .toList();
    return priced.size() >= 2 ? priced : mostAnswers(answered);
  }

  private List<String> mostAnswers(Map<String, Integer> answered) {
    List<String> byFrequency =
        answered.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    List<String> best = List.of();
    long most = 0;
    List<Row> left = new ArrayList<>(rows);
    for (int count = 1; count <= byFrequency.size(); count++) {
      String next = byFrequency.get(count - 1);
      left.removeIf(row -> !row.outcomes().containsKey(next));
      long answers = (long) count * left.size();
      if (count >= 2 && answers > most) {
        most = answers;
        best = byFrequency.subList(0, count);
      }
    }
    return best.stream().sorted().toList();
  }
}
