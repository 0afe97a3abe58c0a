package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains ability weights from examples. The same examples in the same order always give the same
 * bytes.
 */
final class Trainer {
  private static final int SEED = 1;
  private static final double SKILL_SHRINKAGE = 5;

  /**
   * An ask is far beyond the distance within which this share of the training rows lies, and a
   * margin.
   */
  private static final double KNOWN = 0.998;

  private static final double FAR_MARGIN = 1.1;

  private final Encoder encoder;
  private final List<String> models;
  private final Recipe recipe;

  Trainer(Encoder encoder, List<String> models, Recipe recipe) {
    this.encoder = encoder;
    this.models = models;
    this.recipe = recipe;
  }

  /** Trains without calibration and makes the model at once. */
  AbilityModel uncalibrated(List<Example> examples) {
    return load(fit(examples, Calibration.none(models.size())).build());
  }

  AbilityModel load(byte[] weights) {
    return WeightsFile.parse(weights).then(file -> AbilityModel.load(file, encoder)).orThrow();
  }

  /** Trains and leaves the file open for notes. */
  WeightsFile.Builder fit(List<Example> examples, Calibration calibration) {
    List<String> domains = examples.stream().map(e -> e.row.domain()).distinct().sorted().toList();
    List<float[]> inputs = examples.stream().map(e -> e.inputs).toList();
    double[][] quality = Outcomes.complete(examples, models.size());
    float[] skills = Outcomes.means(quality);
    WeightsFile.Builder file = new WeightsFile.Builder();
    file.note("kind", "ability")
        .note("encoder", encoder.checksum())
        .note("recipe", recipe.toString());
    file.note("rows", String.valueOf(examples.size()));
    file.lines("models", models).lines("domains", domains);
    file.floats("domain-head", domainHead(inputs, examples, domains));
    file.floats("domain-table", domainTable(examples, quality, domains, skills));
    file.floats("ridge", new Ridge(inputs, recipe.headPenalty()).fit(quality));
    file.floats(
        "lengths",
        new Ridge(inputs, recipe.lengthPenalty()).fit(Outcomes.lengths(examples, models.size())));
    prototypes(file, examples, quality, skills);
    file.floats("blend", blend());
    file.floats("calibration", calibration.toArray());
    file.floats("skills", skills);
    file.longs("stems", stems(examples));
    return file;
  }

  private static long[] stems(List<Example> examples) {
    return examples.stream().mapToLong(e -> e.row.stem().digest64()).sorted().distinct().toArray();
  }

  private float[] domainHead(List<float[]> inputs, List<Example> examples, List<String> domains) {
    double[][] targets = new double[examples.size()][domains.size()];
    for (int n = 0; n < targets.length; n++) {
      targets[n][domains.indexOf(examples.get(n).row.domain())] = recipe.domainSharpness();
    }
    return new Ridge(inputs, recipe.domainPenalty()).fit(targets);
  }

  private float[] domainTable(
      List<Example> examples, double[][] quality, List<String> domains, float[] skills) {
    float[] table = new float[domains.size() * models.size()];
    for (int d = 0; d < domains.size(); d++) {
      for (int m = 0; m < models.size(); m++) {
        double sum = SKILL_SHRINKAGE * skills[m];
        double count = SKILL_SHRINKAGE;
        for (int n = 0; n < quality.length; n++) {
          if (examples.get(n).row.domain().equals(domains.get(d))) {
            sum += quality[n][m];
            count++;
          }
        }
        table[d * models.size() + m] = (float) (sum / count);
      }
    }
    return table;
  }

  private void prototypes(
      WeightsFile.Builder file, List<Example> examples, double[][] quality, float[] skills) {
    List<float[]> vectors = examples.stream().map(e -> e.features.vector()).toList();
    SplittableRandom random = new SplittableRandom(SEED);
    List<PrototypeGroup> groups = new ArrayList<>();
    for (Recipe.Group group : recipe.prototypes()) {
      groups.add(PrototypeGroup.fit(vectors, quality, skills, group, random));
    }
    PrototypeGroup.write(groups, file);
    file.floats(
        "limits",
        new float[] {
          (float) (FAR_MARGIN * PrototypeGroup.distanceOf(groups, vectors, KNOWN)), 0.5f, 0.02f
        });
  }

  private float[] blend() {
    float[] blend = new float[3 * models.size()];
    for (int view = 0; view < 3; view++) {
      double share = recipe.blend().get(view);
      Arrays.fill(blend, view * models.size(), (view + 1) * models.size(), (float) share);
    }
    return blend;
  }
}
