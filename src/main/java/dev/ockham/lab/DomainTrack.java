package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Estimates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * T3: asks of domains that nothing was learned of. Domains are dealt into groups; each group is
 * tested on in turn after training on the others. And what the shipped weights make of the rows
 * without any label.
 */
final class DomainTrack {
  private static final int GROUPS = 5;
  private static final int FEWEST = 20;

  private final Study study;
  private final Encoder encoder;
  private final Figure unlabelled = new Figure();
  private final Figure unlabelledFar = new Figure();
  private final List<Left> left = new ArrayList<>();

  private record Left(List<String> domains, int rows, double apgr, double far) {}

  DomainTrack(Study study, Encoder encoder) {
    this.study = study;
    this.encoder = encoder;
  }

  /** Trains once a group, on at most so many rows of the other domains. */
  void leaveOut(int labels) {
    List<String> domains =
        study.domains().entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    int groups = Math.min(GROUPS, domains.size());
    Map<String, Integer> groupOf = new TreeMap<>();
    for (int d = 0; d < domains.size(); d++) {
      groupOf.put(domains.get(d), d % groups);
    }
    for (int g = 0; g < groups && groups > 1; g++) {
      int group = g;
      Split split = split(groupOf, group, labels);
      if (split.testing().size() >= FEWEST && split.training().size() >= FEWEST) {
        List<String> tested =
            domains.stream().filter(d -> groupOf.getOrDefault(d, 0) == group).toList();
        left.add(test(split, tested));
      }
    }
  }

  /** A stem that occurs in several domains is left out of training. */
  private Split split(Map<String, Integer> groupOf, int group, int labels) {
    List<Example> testing = new ArrayList<>();
    List<Example> training = new ArrayList<>();
    for (Example example : study.examples()) {
      if (groupOf.getOrDefault(example.row.domain(), 0) != group) {
        training.add(example);
      } else if (study.mayTest(example)) {
        testing.add(example);
      }
    }
    List<String> tested = testing.stream().map(example -> example.stem).distinct().toList();
    java.util.Set<String> stems = java.util.Set.copyOf(tested);
    training.removeIf(example -> stems.contains(example.stem));
    java.util.Collections.shuffle(training, new Random(group));
    java.util.Collections.shuffle(testing, new Random(group));
    return new Split(training.subList(0, Math.min(labels, training.size())), testing);
  }

  private Left test(Split split, List<String> domains) {
    Trial trial = Trial.run(study, split, encoder);
    double far =
        split.testing().stream()
            .filter(row -> trial.learned().ability().estimate(row.features).far())
            .count();
    double apgr =
        new ShareCurve(
                trial.tested().gaps(study.weak(), study.strong()), ShareTrack.gaps(study, split))
            .read()
            .apgr();
    return new Left(domains, split.testing().size(), apgr, far / split.testing().size());
  }

  /** Asks shipped weights, which know no label of these rows. */
  void ask(AbilityModel prior, Split split) {
    double[] expected = new double[split.testing().size()];
    int far = 0;
    for (int n = 0; n < expected.length; n++) {
      Estimates estimates = prior.estimate(split.testing().get(n).features);
      far += estimates.far() ? 1 : 0;
      expected[n] = estimates.far() ? 0 : -estimates.ease();
    }
    unlabelled.add(new ShareCurve(expected, ShareTrack.gaps(study, split)).read().apgr());
    unlabelledFar.add((double) far / expected.length);
  }

  /** Writes both. */
  void write(ObjectNode parent) {
    ObjectNode node = parent.putObject("other_domains");
    ObjectNode prior = node.putObject("shipped_weights_without_labels");
    unlabelled.write(prior, "apgr");
    unlabelledFar.write(prior, "abstained");
    ArrayNode groups = node.putArray("left_out");
    Figure apgr = new Figure();
    double least = Double.NaN;
    for (Left group : left) {
      ObjectNode one = groups.addObject();
      ArrayNode names = one.putArray("domains");
      group.domains().forEach(names::add);
      one.put("test_rows", group.rows());
      Figure.put(one, "apgr", group.apgr());
      Figure.put(one, "abstained", group.far());
      apgr.add(group.apgr());
      least = least <= group.apgr() ? least : group.apgr();
    }
    apgr.write(node, "left_out_apgr");
    Figure.put(node, "left_out_least", least);
  }
}
