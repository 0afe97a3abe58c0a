package dev.ockham.cli;

import dev.ockham.lab.AskReport;
import dev.ockham.lab.AskTrainer;
import dev.ockham.lab.DemoFiles;
import dev.ockham.lab.FoldEvaluation;
import dev.ockham.lab.FoldReport;
import dev.ockham.lab.PriorWeights;
import dev.ockham.lab.RoutingData;
import dev.ockham.lab.ShippedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Training and measuring on recorded outcomes. */
@Command(
    name = "lab",
    description = "Train weights and measure the router on recorded outcomes.",
    footer = {"", "Example: ./ockham lab folds --data ../shared/data/routing/mmlu-pro.jsonl.gz"})
final class LabCommand implements Runnable {
  private static final Path FOLDER = Path.of("../shared/data/routing");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which of folds, train, asks, cold-start, demo-data?");
  }

  @Command(
      name = "folds",
      description =
          "Test the recipe on parts it was not trained on and print every fold beside the baselines.",
      footer = {"", "Example: ./ockham lab folds --folds 10"})
  int folds(
      @Option(names = "--data", description = "Rows with outcomes, jsonl.gz.") Optional<Path> data,
      @Option(names = "--answers", description = "Recorded answer texts, jsonl.gz.")
          Optional<Path> answers,
      @Option(names = "--prices", description = "Prices of the pool's models, JSON.")
          Optional<Path> prices,
      @Option(names = "--folds", defaultValue = "10", description = "How many folds (default 10).")
          int folds)
      throws IOException {
    RoutingData usual = RoutingData.in(FOLDER);
    RoutingData given =
        new RoutingData(
            data.orElse(usual.outcomes()),
            answers.orElse(usual.answers()),
            prices.orElse(usual.prices()));
    if (folds < 2 || folds > 1_000) {
      throw new ParameterException(spec.commandLine(), "--folds " + folds + ": expected 2 to 1000");
    }
    demand(given);
    FoldReport.print(given, folds, ShippedWeights.encoder(), spec.commandLine().getOut());
    return OckhamCommand.OK;
  }

  @Command(
      name = "train",
      description = "Train the default weights on the rows no benchmark is tested on.",
      footer = {"", "Example: ./ockham lab train --folder ../shared/data/routing --out prior.bin"})
  int train(
      @Option(names = "--folder", description = "Folder of routing data.") Optional<Path> folder,
      @Option(
              names = "--out",
              defaultValue = "prior.bin",
              description = "File to write (default prior.bin).")
          Path out)
      throws IOException {
    Path from = folder.orElse(FOLDER);
    demand(RoutingData.in(from));
    int rows = PriorWeights.write(from, ShippedWeights.encoder(), out);
    spec.commandLine().getOut().printf("Trained on %,d rows: %s%n", rows, out);
    return OckhamCommand.OK;
  }

  @Command(
      name = "asks",
      description =
          "Train what tells the kinds of asks apart, on labelled patterns, and print how it does on what it was not trained on.",
      footer = {"", "Example: ./ockham lab asks --patterns lab/asks --out asks.bin"})
  int asks(
      @Option(
              names = "--patterns",
              defaultValue = "lab/asks",
              description = "Folder of asks.txt, slots.txt and cues.txt (default lab/asks).")
          Path patterns,
      @Option(names = "--folder", description = "Folder of routing data.") Optional<Path> folder,
      @Option(
              names = "--out",
              defaultValue = "asks.bin",
              description = "File to write (default asks.bin).")
          Path out)
      throws IOException {
    Path from = folder.orElse(FOLDER);
    demand(RoutingData.in(from));
    AskTrainer trainer = AskTrainer.of(patterns, from, ShippedWeights.encoder());
    AskReport.print(trainer, spec.commandLine().getOut());
    Files.write(out, trainer.weights());
    return OckhamCommand.OK;
  }

  @Command(
      name = "demo-data",
      description =
          "Rebuild the demo's questions, weights and facts, and measure them on the held-out questions.",
      footer = {"", "Example: ./ockham lab demo-data --out src/main/resources/dev/ockham/demo"})
  int demoData(
      @Option(names = "--folder", description = "Folder of routing data.") Optional<Path> folder,
      @Option(names = "--out", required = true, description = "Folder to write to.") Path out)
      throws IOException {
    RoutingData data = RoutingData.in(folder.orElse(FOLDER));
    demand(data);
    FoldEvaluation.Result result = new DemoFiles(data, ShippedWeights.encoder()).write(out);
    FoldReport.printOne(result, spec.commandLine().getOut());
    return OckhamCommand.OK;
  }

  private void demand(RoutingData data) {
    if (!data.missing().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "No readable file at %s. Say where it is (see the options of this command); formats are in docs/learning.md."
              .formatted(data.missing()));
    }
  }
}
