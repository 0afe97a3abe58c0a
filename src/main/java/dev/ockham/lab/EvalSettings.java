package dev.ockham.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code ockham eval} was asked.
 *
 * @param data files of recorded outcomes, each a study of its own
 * @param prices what models cost, where rows do not say it
 * @param models the candidates; none: those of the price file, else those that answered most
 * @param weak the model that random mixing starts from in the track of two models
 * @param strong the model that it ends at
 * @param labels training rows; none: 70 % where costs are known, else 1,500, but at most 45 %
 * @param seeds how many splits
 */
public record EvalSettings(
    List<Path> data,
    Optional<Path> prices,
    List<String> models,
    Optional<String> weak,
    Optional<String> strong,
    OptionalInt labels,
    int seeds) {
  public EvalSettings {
    data = List.copyOf(data);
    models = List.copyOf(models);
  }
}
