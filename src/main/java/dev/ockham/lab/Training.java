package dev.ockham.lab;

import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Weights from all rows of a file, by the same training that {@code ockham eval} measures.
 *
 * @param rows how many rows they were made from
 * @param models the models they know
 * @param checksum how decisions refer to them
 * @param dollarsPerGoodAnswer a value for a route: the cheapest setting that loses at most half a
 *     point against the best single model on rows predicted without themselves; zero where costs
 *     are not known, infinite where only the best single model is good enough
 */
public record Training(
    int rows, List<String> models, String checksum, double dollarsPerGoodAnswer) {
  private static final double DOLLAR = 1e12;

  public Training {
    models = List.copyOf(models);
  }

  /** Trains and writes; a file that is there is replaced at once, when the new one is whole. */
  public static Training write(EvalSettings settings, Path to) throws IOException {
    Encoder encoder = ShippedWeights.encoder();
    Path data = settings.data().getFirst();
    Study study = Study.read(data, settings, encoder, List.of());
    Fitting fitting = new Fitting(study.examples(), encoder, study.models(), Recipe.standard());
    WeightsFile.Builder weights =
        fitting.weights().note("sources", String.valueOf(data.getFileName()).replace('\n', ' '));
    double value = 0;
    if (study.costsKnown()) {
      Outlay outlay = new Outlay(study, study.examples());
      Beliefs unseen = Trial.unseen(fitting, outlay, study.examples());
      value = OperatingSetting.choose(study.examples(), unseen, 0).value();
      weights.note("value_picodollars", String.valueOf(value));
    }
    byte[] bytes = weights.build();
    AbilityModel ability =
        WeightsFile.parse(bytes).then(file -> AbilityModel.load(file, encoder)).orThrow();
    Path part = to.resolveSibling(to.getFileName() + ".part");
    Files.write(part, bytes);
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    return new Training(
        study.examples().size(), study.models(), ability.checksum(), value / DOLLAR);
  }
}
