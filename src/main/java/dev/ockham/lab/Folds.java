package dev.ockham.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parts of equal size that never share a question stem: stems are dealt round in the order of their
 * SHA-256.
 */
final class Folds {
  private Folds() {}

  /** The fold of each example, from 0. */
  static int[] assign(List<Example> examples, int count) {
    SortedMap<String, Integer> folds = new TreeMap<>();
    examples.forEach(example -> folds.put(example.stem, 0));
    int next = 0;
    for (var entry : folds.entrySet()) {
      entry.setValue(next++ % count);
    }
    return examples.stream().mapToInt(example -> folds.getOrDefault(example.stem, 0)).toArray();
  }

  static List<Example> only(List<Example> examples, int[] folds, int fold) {
    return select(examples, folds, fold, true);
  }

  static List<Example> without(List<Example> examples, int[] folds, int fold) {
    return select(examples, folds, fold, false);
  }

  private static List<Example> select(
      List<Example> examples, int[] folds, int fold, boolean inside) {
    List<Example> selected = new ArrayList<>();
    for (int n = 0; n < folds.length; n++) {
      if ((folds[n] == fold) == inside) {
        selected.add(examples.get(n));
      }
    }
    return selected;
  }
}
