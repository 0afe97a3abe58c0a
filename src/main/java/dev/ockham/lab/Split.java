package dev.ockham.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Rows to learn from and rows to test on, which share no question stem. */
record Split(List<Example> training, List<Example> testing) {
  public Split {
    training = List.copyOf(training);
    testing = List.copyOf(testing);
    Set<String> learned = new HashSet<>();
    training.forEach(example -> learned.add(example.stem));
    for (Example example : testing) {
      if (learned.contains(example.stem)) {
        throw new IllegalStateException(
            "Row %s is tested on and its question stem is trained on".formatted(example.row.id()));
      }
    }
  }

  /**
   * Stems are shuffled by the seed; the first so many rows, and the rest of their last stem, are
   * learned from. Of the others those that may be tested on are.
   */
  static Split of(List<Example> examples, int labels, int seed, Predicate<Example> mayTest) {
    TreeMap<String, List<Example>> byStem = new TreeMap<>();
    examples.forEach(e -> byStem.computeIfAbsent(e.stem, _ -> new ArrayList<>()).add(e));
    List<List<Example>> stems = new ArrayList<>(byStem.values());
    Collections.shuffle(stems, new Random(seed));
    List<Example> training = new ArrayList<>();
    List<Example> testing = new ArrayList<>();
    for (List<Example> stem : stems) {
      if (training.size() < labels) {
        training.addAll(stem);
      } else {
        stem.stream().filter(mayTest).forEach(testing::add);
      }
    }
    return new Split(training, testing);
  }
}
