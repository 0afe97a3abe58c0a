package dev.ockham.cli;

import dev.ockham.lab.ShippedWeights;
import dev.ockham.learn.AbilityModel;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Loaded;
import dev.ockham.learn.WeightsFile;
import dev.ockham.route.LearnedScorer;
import dev.ockham.route.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights of one's own, as {@code ockham train} writes them. */
final class ScorerFile {
  private static final long MOST_BYTES = 256L << 20;

  private ScorerFile() {}

  /** Reads the file; what is wrong with it is told with what to do. */
  static Loaded<Scorer> read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return new Loaded.Unusable<>(
            file + " has more than " + MOST_BYTES + " bytes: no weights file is so large");
      }
      Encoder encoder = ShippedWeights.encoder();
      Loaded<AbilityModel> abilities =
          WeightsFile.parse(Files.readAllBytes(file))
              .then(weights -> AbilityModel.load(weights, encoder));
      return switch (abilities) {
        case Loaded.Ready<AbilityModel>(AbilityModel ability) ->
            new Loaded.Ready<>(new LearnedScorer(encoder, ability));
        case Loaded.Unusable<AbilityModel>(String problem) ->
            new Loaded.Unusable<>(file + ": " + problem);
      };
    } catch (IOException e) {
      return new Loaded.Unusable<>(
          "--weights " + file + ": no readable file there. Write one with: ./ockham train");
    }
  }
}
