package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One file of recorded outcomes made ready: the rows that every candidate answered.
 *
 * @param file where they came from
 * @param recorded how many rows the file has
 * @param models the candidates, in order
 * @param examples the rows
 * @param priced costs are those of list prices, so that they can be told before an answer is there
 * @param weak number of the weak model of the track of two
 * @param strong number of the strong one
 * @param familiar stems that the encoder or the default weights were made from: never tested on
 * @param notes what a reader should know
 */
record Study(
    Path file,
    int recorded,
    List<String> models,
    List<Example> examples,
    Optional<Prices> priced,
    boolean costsKnown,
    int weak,
    int strong,
    Set<Long> familiar,
    List<String> notes) {
  /** Fewer say nothing, however they are split. */
  static final int FEWEST_ROWS = 30;

  public Study {
    models = List.copyOf(models);
    examples = List.copyOf(examples);
    familiar = Set.copyOf(familiar);
    notes = List.copyOf(notes);
  }

  /** Why a file cannot be evaluated; the message says what to do. */
  public static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /** Reads a file, chooses the candidates and what they cost. */
  static Study read(Path file, EvalSettings settings, Encoder encoder, List<WeightsFile> shipped)
      throws IOException {
    List<Row> rows = Dataset.read(file).rows();
    List<String> notes = new ArrayList<>();
    List<Row> clean = rows.stream().filter(row -> !row.contaminated()).toList();
    if (clean.size() < rows.size()) {
      notes.add("%d rows marked contaminated are left out".formatted(rows.size() - clean.size()));
    }
    Optional<Prices> prices =
        settings.prices().isPresent()
            ? Optional.of(Prices.read(settings.prices().get()))
            : Optional.empty();
    List<String> models = new Candidates(file, clean).choose(settings.models(), prices);
    List<Row> answered = new Dataset(clean).answeredByAll(models).rows();
    if (answered.size() < clean.size()) {
      notes.add(
          "%d rows that not every candidate answered are left out"
              .formatted(clean.size() - answered.size()));
    }
    if (answered.size() < FEWEST_ROWS) {
      throw new Unusable(
          "%s: %d rows were answered by all of %s, at least %d are needed. Name fewer models with --models."
              .formatted(file, answered.size(), models, FEWEST_ROWS));
    }
    Costs costs = Costs.of(answered, models, prices);
    notes.addAll(costs.notes());
    List<Example> examples =
        answered.stream().map(row -> Example.costed(row, encoder, models, costs)).toList();
    Pair pair = Pair.of(examples, models, settings, costs.known());
    return new Study(
        file,
        rows.size(),
        models,
        examples,
        costs.listed() ? prices : Optional.empty(),
        costs.known(),
        pair.weak(),
        pair.strong(),
        stems(shipped),
        notes);
  }

  private static Set<Long> stems(List<WeightsFile> shipped) {
    Set<Long> stems = new HashSet<>();
    shipped.forEach(file -> Arrays.stream(file.longs("stems")).forEach(stems::add));
    return stems;
  }

  /** Two models to mix: as named, else the cheapest (or worst) and the best. */
  private record Pair(int weak, int strong) {
    static Pair of(
        List<Example> examples, List<String> models, EvalSettings settings, boolean costsKnown)
        throws Unusable {
      double[] quality = new double[models.size()];
      double[] cost = new double[models.size()];
      for (Example example : examples) {
        for (int m = 0; m < quality.length; m++) {
          quality[m] += example.quality[m];
          cost[m] += example.cost[m];
        }
      }
      int strong = 0;
      for (int m = 0; m < quality.length; m++) {
        strong = quality[m] > quality[strong] ? m : strong;
      }
      strong = named(settings.strong(), "--strong", models, strong);
      boolean byCost = costsKnown && models.size() > 2;
      int weak = strong == 0 ? 1 : 0;
      for (int m = 0; m < quality.length; m++) {
        boolean lower = byCost ? cost[m] < cost[weak] : quality[m] < quality[weak];
        weak = m != strong && lower ? m : weak;
      }
      weak = named(settings.weak(), "--weak", models, weak);
      if (weak == strong) {
        throw new Unusable(
            "--weak and --strong are both %s: name two models".formatted(models.get(weak)));
      }
      return new Pair(weak, strong);
    }

    private static int named(
        Optional<String> name, String option, List<String> models, int otherwise) throws Unusable {
      if (name.isEmpty()) {
        return otherwise;
      }
      int number = models.indexOf(name.get());
      if (number < 0) {
        throw new Unusable(
            "%s %s is not among the candidates %s".formatted(option, name.get(), models));
      }
      return number;
    }
  }

  /** Rows whose question no shipped weights were made from. */
  boolean mayTest(Example example) {
    return !familiar.contains(example.row.stem().digest64());
  }

  /** How many rows each domain has. */
  Map<String, Integer> domains() {
    Map<String, Integer> counts = new TreeMap<>();
    examples.forEach(e -> counts.merge(e.row.domain(), 1, Integer::sum));
    return counts;
  }
}
