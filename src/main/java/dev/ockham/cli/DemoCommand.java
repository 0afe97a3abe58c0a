package dev.ockham.cli;

import dev.ockham.demo.Demo;
import dev.ockham.demo.DemoOpening;
import dev.ockham.demo.DemoRun;
import dev.ockham.demo.DemoSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job on real questions, with a fleet of recorded models. */
@Command(
    name = "demo",
    description = {
      "Shows the main job on real questions with recorded answers of ten models.",
      "They go through the gateway to ten local servers that answer as those models did; prints",
      "what that cost beside simpler ways to choose.",
      "Example: ./ockham demo --questions 1000"
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> TITLE =
      List.of(
          "",
          "A check of the mechanism on recorded answers, not your savings.",
          "",
          "  recorded   MMLU-Pro questions of 14 domains, and what ten models answered to them",
          "  computed   costs: list prices of 2024 × length of the text, 4 characters a token",
          "  simulated  latency: 3 ms and 0.05 ms per token of the answer",
          "");

  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.DEFAULT_QUESTIONS,
      description = "How many of the 3000 held-out questions to ask; ${DEFAULT-VALUE} if not said.")
  private int questions;

  @Option(names = "--json", description = "Print one JSON object and exit.")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Keep the run's store and receipts in this folder, which must be new or empty.")
  private @Nullable Path keep;

  DemoCommand(Terminal terminal, Ambient ambient) {
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> kept = Optional.ofNullable(keep);
    check(kept);
    Path folder =
        kept.isPresent()
            ? Files.createDirectories(kept.get())
            : Files.createTempDirectory("ockham-demo-");
    try (var ending = new Ending()) {
      try {
        return run(folder, ending);
      } catch (InterruptedException stopped) {
        return OckhamCommand.FAILED;
      } finally {
        if (kept.isEmpty()) {
          delete(folder);
        }
      }
    }
  }

  private void check(Optional<Path> kept) throws IOException {
    if (questions < 1 || questions > DemoSettings.MOST_QUESTIONS) {
      throw new ParameterException(
          spec.commandLine(),
          "--questions %d (expected: 1 to %d)".formatted(questions, DemoSettings.MOST_QUESTIONS));
    }
    if (kept.isPresent() && Files.exists(kept.get()) && !isEmptyFolder(kept.get())) {
      throw new ParameterException(
          spec.commandLine(),
          "--keep " + kept.get() + " (expected: a folder that is new or empty; give another)");
    }
  }

  private int run(Path folder, Ending ending) throws InterruptedException {
    var settings =
        new DemoSettings(questions, folder, ambient.clock(), ambient.random(), ambient.nanos());
    if (!json) {
      TITLE.forEach(terminal.out()::println);
      terminal
          .out()
          .println(
              "Asking the first %d of %d held-out questions, in the order of their SHA-256.\n"
                  .formatted(questions, DemoSettings.MOST_QUESTIONS));
      terminal.out().flush();
    }
    return switch (Demo.open(settings)) {
      case DemoOpening.NotOpened(String problem) -> {
        terminal.err().println("ockham: " + problem);
        yield OckhamCommand.FAILED;
      }
      case DemoOpening.Opened(Demo demo) -> {
        try (demo) {
          yield ask(demo, ending);
        }
      }
    };
  }

  private int ask(Demo demo, Ending ending) throws InterruptedException {
    DemoRun run = demo.run(sent -> progress(sent, ending));
    switch (run) {
      case DemoRun.Failed(String problem) -> {
        return failed(problem);
      }
      case DemoRun.Finished finished when json -> {
        terminal.out().println(finished.json());
        return finished.balances() ? OckhamCommand.OK : OckhamCommand.FAILED;
      }
      case DemoRun.Finished finished -> {
        finished.lines().forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("Each request and why it went where it did:");
        terminal.out().println("  " + demo.page());
        terminal.out().println("The gateway stays up until Ctrl-C.");
        terminal.out().flush();
        ending.await();
        return OckhamCommand.OK;
      }
    }
  }

  private int failed(String problem) {
    terminal.err().println("ockham: the demo stopped: " + problem);
    terminal.err().println("Please report it with these lines.");
    terminal.err().flush();
    return OckhamCommand.FAILED;
  }

  private void progress(int sent, Ending ending) {
    if (ending.isAsked()) {
      Thread.currentThread().interrupt();
    }
    boolean last = sent == questions;
    if (terminal.interactive()) {
      terminal.err().print("\r  asked " + sent + " of " + questions + (last ? "\n\n" : ""));
      terminal.err().flush();
    } else if (last || sent % Math.max(1, questions / 5) == 0) {
      terminal.err().println("asked " + sent + " of " + questions);
      terminal.err().flush();
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the demo's temporary folder " + folder + " could not be deleted: delete it", e);
    }
  }
}
