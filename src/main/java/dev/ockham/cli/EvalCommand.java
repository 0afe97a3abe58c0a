package dev.ockham.cli;

import dev.ockham.lab.EvalSettings;
import dev.ockham.lab.EvalText;
import dev.ockham.lab.Evaluation;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Measures the router on recorded outcomes, beside every baseline. */
@Command(
    name = "eval",
    description = {
      "Measures the router on recorded outcomes, beside every baseline.",
      "Example: ./ockham eval --data ../shared/data/routing/routellm-gsm8k.jsonl.gz --labels 600"
    })
final class EvalCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 100;
  private static final int FEWEST_LABELS = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      description = "Files of recorded outcomes, jsonl or jsonl.gz; see docs/eval.md.")
  private List<Path> data = List.of();

  @Option(
      names = "--prices",
      description = "What models cost, JSON: {model: {input, output}}, dollars per million tokens.")
  private Optional<Path> prices = Optional.empty();

  @Option(names = "--models", split = ",", description = "The candidates, by comma.")
  private List<String> models = List.of();

  @Option(names = "--weak", description = "The model that mixing starts from.")
  private Optional<String> weak = Optional.empty();

  @Option(names = "--strong", description = "The model that mixing ends at.")
  private Optional<String> strong = Optional.empty();

  @Option(names = "--labels", description = "Training rows a seed.")
  private Optional<Integer> labels = Optional.empty();

  @Option(names = "--seeds", defaultValue = "5", description = "How many splits (default 5).")
  private int seeds = 5;

  @Option(names = "--json", description = "Print the metrics as JSON.")
  private boolean json;

  @Option(
      names = "--out",
      description = "Folder for report.html, metrics.json and decisions.jsonl.")
  private Optional<Path> folder = Optional.empty();

  private final Terminal terminal;
  private final Ambient ambient;

  EvalCommand(Terminal terminal, Ambient ambient) {
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    check();
    var settings =
        new EvalSettings(
            data,
            prices,
            models,
            weak,
            strong,
            labels.isPresent() ? OptionalInt.of(labels.get()) : OptionalInt.empty(),
            seeds);
    try {
      ObjectNode metrics = folder.isPresent() ? write(settings, folder.get()) : run(settings);
      if (json) {
        terminal.out().println(metrics.toPrettyString());
      } else {
        EvalText.print(metrics, terminal.out());
      }
      terminal.out().flush();
      return OckhamCommand.OK;
    } catch (NoSuchFileException e) {
      return refuse("no file " + e.getMessage());
    } catch (IOException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode run(EvalSettings settings) throws IOException {
    return new Evaluation(settings, ambient.nanos(), this::tell).run();
  }

  private ObjectNode write(EvalSettings settings, Path to) throws IOException {
    Files.createDirectories(to);
    ObjectNode metrics;
    try (Writer decisions = Files.newBufferedWriter(to.resolve("decisions.jsonl"))) {
      metrics = new Evaluation(settings, ambient.nanos(), this::tell, decisions).run();
    }
    Files.writeString(to.resolve("metrics.json"), metrics.toPrettyString() + "\n");
    Files.writeString(to.resolve("report.html"), Evaluation.report(metrics));
    tell("written to " + to + ": report.html, metrics.json, decisions.jsonl");
    return metrics;
  }

  private void check() {
    for (Path file : data) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new ParameterException(
            spec.commandLine(), "--data " + file + ": no readable file there");
      }
    }
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new ParameterException(
          spec.commandLine(), "--seeds " + seeds + ": expected 1 to " + MOST_SEEDS);
    }
    if (labels.isPresent() && labels.get() < FEWEST_LABELS) {
      throw new ParameterException(
          spec.commandLine(),
          "--labels " + labels.get() + ": expected " + FEWEST_LABELS + " or more");
    }
  }

  private void tell(String step) {
    terminal.err().println(step);
    terminal.err().flush();
  }

  private int refuse(String why) {
    terminal.err().println("ockham eval: " + why);
    terminal.err().flush();
    return OckhamCommand.FAILED;
  }
}
