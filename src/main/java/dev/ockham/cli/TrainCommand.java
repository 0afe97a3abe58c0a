package dev.ockham.cli;

import dev.ockham.lab.EvalSettings;
import dev.ockham.lab.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains weights on recorded outcomes of one's own. */
@Command(
    name = "train",
    description = {
      "Trains weights on recorded outcomes, for ockham serve --weights.",
      "Example: ./ockham train --data outcomes.jsonl.gz --out weights.bin"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      required = true,
      description = "Recorded outcomes, jsonl or jsonl.gz; see docs/eval.md.")
  private Path data = Path.of("");

  @Option(names = "--out", required = true, description = "The file to write.")
  private Path out = Path.of("");

  @Option(names = "--prices", description = "What models cost, JSON; see docs/eval.md.")
  private Optional<Path> prices = Optional.empty();

  @Option(names = "--models", split = ",", description = "The models to learn, by comma.")
  private List<String> models = List.of();

  private final Terminal terminal;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!Files.isReadable(data) || Files.isDirectory(data)) {
      throw new ParameterException(
          spec.commandLine(), "--data " + data + ": no readable file there");
    }
    var settings =
        new EvalSettings(
            List.of(data),
            prices,
            models,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            1);
    try {
      tell(Training.write(settings, out));
      return OckhamCommand.OK;
    } catch (IOException e) {
      terminal.err().println("ockham train: " + e.getMessage());
      terminal.err().flush();
      return OckhamCommand.FAILED;
    }
  }

  private void tell(Training training) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s: weights %s, %,d rows, models %s%n",
            out,
            training.checksum(),
            training.rows(),
            String.join(", ", training.models()));
    double value = training.dollarsPerGoodAnswer();
    if (Double.isInfinite(value)) {
      terminal.out().println("No mix of models was as good as the best single one: keep to it.");
    } else if (value > 0) {
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "value for a route, at most half a point below the best single model: %.6f dollars%n",
              value);
    }
    terminal.out().flush();
  }
}
