package dev.ockham.lab;

import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Weights fitted on a training part. How much each view is believed comes from predictions that
 * were made without the row they are for, by cross-fitting inside the training part. The same
 * examples in the same order always give the same bytes.
 */
final class Fitting {
  private static final int SEED = 1;
  private static final int FOLDS = 5;
  private static final double PHRASE_PENALTY = 8;

  /** Rarer ones are one domain together: a table of single questions says nothing. */
  private static final int MOST_DOMAINS = 120;

  private static final String OTHERS = "(others)";

  /**
   * An ask is far beyond the distance within which this share of the training rows lies, and a
   * margin.
   */
  private static final double KNOWN = 0.998;

  private static final double FAR_MARGIN = 1.1;
  private static final double FEW = 100;

  /** The root of a share: a fifth of the characters beyond ASCII. */
  private static final double FOREIGN = 0.45;

  private final List<Example> examples;
  private final Encoder encoder;
  private final List<String> models;
  private final Recipe recipe;
  private final List<String> domains;
  private final Map<String, Integer> domainNumbers = new HashMap<>();
  private final double[][] quality;
  private final List<float[]> vectors;
  private final Codebooks codebooks;
  private final float[][] shares;
  private final Views views;
  private final float[] phraseWeights;
  private final Stacking stacking;
  private final List<Unseen> unseen;

  /** What was predicted of a row without it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Unseen(double[] good, double[] tokens) {}

  Fitting(List<Example> examples, Encoder encoder, List<String> models, Recipe recipe) {
    this.examples = examples;
    this.encoder = encoder;
    this.models = models;
    this.recipe = recipe;
    domains = domains(examples);
    domains.forEach(domain -> domainNumbers.put(domain, domainNumbers.size()));
    quality = Outcomes.complete(examples, models.size());
    vectors = examples.stream().map(e -> e.features.vector()).toList();
    codebooks = Codebooks.fit(vectors, recipe.prototypes(), new SplittableRandom(SEED));
    shares = vectors.stream().map(codebooks::shares).toArray(float[][]::new);
    int[] folds = Folds.assign(examples, FOLDS);
    List<Views.Seen> seen = seen(folds);
    Views.Seen all = seen.getFirst();
    for (int f = 1; f < seen.size(); f++) {
      all = all.plus(seen.get(f), 1);
    }
    var sizes = new Views.Sizes(models.size(), domains.size(), codebooks.groups());
    views = new Views(all, sizes, recipe);
    var phrases = new PhraseRidge(examples, PHRASE_PENALTY);
    boolean[] learned = new boolean[folds.length];
    Arrays.fill(learned, true);
    phraseWeights = phrases.fit(quality, views.skills(), learned);
    var unblended = new double[Views.COUNT][examples.size()][];
    double[][] tokens = new double[examples.size()][];
    float[][] skills = new float[examples.size()][];
    for (int f = 0; f < seen.size(); f++) {
      Views without =
          seen.size() == 1 ? views : new Views(all.plus(seen.get(f), -1), sizes, recipe);
      for (int n = 0; n < folds.length; n++) {
        learned[n] = seen.size() == 1 || folds[n] != f;
      }
      float[] withoutWeights = phrases.fit(quality, without.skills(), learned);
      for (int n = 0; n < folds.length; n++) {
        if (folds[n] == f) {
          float[] inputs = examples.get(n).inputs;
          double[][] predicted =
              without.predict(
                  inputs, shares[n], phrases.apply(n, withoutWeights, without.skills()));
          for (int v = 0; v < Views.COUNT; v++) {
            unblended[v][n] = predicted[v];
          }
          tokens[n] = without.lengths(inputs);
          skills[n] = without.skills();
        }
      }
    }
    stacking = Stacking.fit(List.of(unblended), quality);
    unseen = blend(unblended, tokens, skills);
  }

  private static List<String> domains(List<Example> examples) {
    Map<String, Integer> counts = new TreeMap<>();
    examples.forEach(e -> counts.merge(e.row.domain(), 1, Integer::sum));
    if (counts.size() <= MOST_DOMAINS) {
      return List.copyOf(counts.keySet());
    }
    List<String> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_DOMAINS - 1)
            .map(Map.Entry::getKey)
            .toList();
    List<String> all = new ArrayList<>(frequent);
    all.add(OTHERS);
    return all.stream().sorted().toList();
  }

  private List<Views.Seen> seen(int[] folds) {
    int count = Arrays.stream(folds).max().orElse(0) + 1;
    List<Views.Seen> seen = new ArrayList<>();
    int inputs = examples.getFirst().inputs.length;
    for (int f = 0; f < count; f++) {
      seen.add(
          new Views.Seen(
              new Moments(inputs, 2 * models.size() + domains.size()),
              new Moments(codebooks.size(), models.size()),
              new Moments(domains.size(), models.size())));
    }
    double[][] lengths = Outcomes.lengths(examples, models.size());
    for (int n = 0; n < folds.length; n++) {
      Views.Seen part = seen.get(folds[n]);
      double[] targets = new double[2 * models.size() + domains.size()];
      System.arraycopy(quality[n], 0, targets, 0, models.size());
      System.arraycopy(lengths[n], 0, targets, models.size(), models.size());
      float[] domain = new float[domains.size()];
      int number = domainOf(examples.get(n));
      domain[number] = 1;
      targets[2 * models.size() + number] = 1;
      part.features().add(examples.get(n).inputs, targets);
      part.shares().add(shares[n], quality[n]);
      part.domains().add(domain, quality[n]);
    }
    return seen;
  }

  private int domainOf(Example example) {
    Integer number = domainNumbers.get(example.row.domain());
    return number == null ? domainNumbers.getOrDefault(OTHERS, 0) : number;
  }

  private List<Unseen> blend(double[][][] unblended, double[][] tokens, float[][] skills) {
    List<Unseen> blended = new ArrayList<>();
    for (int n = 0; n < examples.size(); n++) {
      double[][] one = new double[Views.COUNT][];
      for (int v = 0; v < Views.COUNT; v++) {
        one[v] = unblended[v][n];
      }
      blended.add(new Unseen(inside(stacking.blend(one, skills[n])), tokens[n]));
    }
    return blended;
  }

  /** As the decision does it. */
  private static double[] inside(double[] good) {
    for (int m = 0; m < good.length; m++) {
      good[m] = Math.clamp(good[m], 0.02, 0.98);
    }
    return good;
  }

  /** Predictions of the training rows, each made without its row. */
  List<Unseen> unseen() {
    return unseen;
  }

  Views views() {
    return views;
  }

  Codebooks codebooks() {
    return codebooks;
  }

  Stacking stacking() {
    return stacking;
  }

  /** The weights, open for notes. */
  WeightsFile.Builder weights() {
    int count = models.size();
    Views.Tables tables = views.tables(stacking);
    WeightsFile.Builder file = new WeightsFile.Builder();
    file.note("kind", "ability")
        .note("encoder", encoder.checksum())
        .note("recipe", recipe.toString())
        .note("stacking", stacking.toString())
        .note("rows", String.valueOf(examples.size()));
    file.lines("models", models).lines("domains", domains);
    file.floats("domain-head", views.domainHead());
    file.floats("domain-table", tables.domains());
    file.floats("ridge", tables.head());
    file.floats("lengths", views.lengthHead());
    codebooks.write(file);
    file.floats("prototype-table", tables.prototypes());
    file.floats("prototype-counts", counts());
    // Prototypes of few rows lie nearer to those rows than to any others.
    double few = 1 + FEW / examples.size();
    double limit = FAR_MARGIN * few * codebooks.distanceOf(vectors, KNOWN);
    file.floats("limits", new float[] {(float) limit, 0.5f, 0.02f, script()});
    phrases(file);
    float[] blend = new float[3 * count];
    Arrays.fill(blend, 1);
    file.floats("blend", blend);
    // Least squares on unseen rows has calibrated the blend already.
    file.floats("calibration", Calibration.none(count).toArray());
    file.floats("skills", views.skills());
    file.longs(
        "stems",
        examples.stream().mapToLong(e -> e.row.stem().digest64()).sorted().distinct().toArray());
    return file;
  }

  /**
   * Asks in a script that hardly any training row was in are far: word pieces of it were never
   * learned.
   */
  private float script() {
    double[] foreign =
        examples.stream().mapToDouble(e -> e.features.foreignness()).sorted().toArray();
    double usual = foreign[Math.min(foreign.length - 1, (int) (KNOWN * foreign.length))];
    return (float) Math.max(FOREIGN, FAR_MARGIN * usual);
  }

  /** A byte for each bucket and model, a scale for each model. */
  private void phrases(WeightsFile.Builder file) {
    int count = models.size();
    float[] weighed = new float[phraseWeights.length];
    stacking.addWeighed(Views.PHRASES, phraseWeights, weighed, count);
    float[] scales = new float[count];
    for (int i = 0; i < weighed.length; i++) {
      scales[i % count] = Math.max(scales[i % count], Math.abs(weighed[i]) / Byte.MAX_VALUE);
    }
    byte[] table = new byte[weighed.length];
    for (int i = 0; i < table.length; i++) {
      float scale = scales[i % count];
      table[i] = scale == 0 ? 0 : (byte) Math.round(weighed[i] / scale);
    }
    file.bytes("phrase-table", table).floats("phrase-scales", scales);
  }

  private float[] counts() {
    float[] counts = new float[codebooks.size()];
    for (float[] row : shares) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += row[i];
      }
    }
    return counts;
  }
}
