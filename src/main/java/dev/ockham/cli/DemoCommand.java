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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "The main job on real questions: they go through the gateway to ten local servers that",
      "answer as ten models really did; prints what that cost beside simpler ways to choose.",
      "Example: ockham demo --questions 1000"
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

  private static final int STOP_SECONDS = 10;

  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.DEFAULT_QUESTIONS,
      description = "how many of the 3000 held-out questions to ask (default ${DEFAULT-VALUE})")
  private int questions;

  @Option(names = "--json", description = "print one JSON object and exit")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "keep the run's store and receipts in this folder, which must be new or empty")
  private @Nullable Path keep;

  DemoCommand(Terminal terminal, Ambient ambient) {
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> kept = Optional.ofNullable(keep);
    check(kept);
    var done = new CountDownLatch(1);
    Thread hook = stopper(Thread.currentThread(), done);
    Runtime.getRuntime().addShutdownHook(hook);
    Path folder =
        kept.isPresent()
            ? Files.createDirectories(kept.get())
            : Files.createTempDirectory("ockham-demo-");
    try {
      return run(folder);
    } catch (InterruptedException stopped) {
      return OckhamCommand.FAILED;
    } finally {
      if (kept.isEmpty()) {
        delete(folder);
      }
      done.countDown();
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

  private int run(Path folder) throws InterruptedException {
    var settings =
        new DemoSettings(questions, folder, ambient.clock(), ambient.random(), ambient.nanos());
    if (!json) {
      TITLE.forEach(terminal.out()::println);
    }
    return switch (Demo.open(settings)) {
      case DemoOpening.NotOpened(String problem) -> failed(problem);
      case DemoOpening.Opened(Demo demo) -> {
        try (demo) {
          yield ask(demo);
        }
      }
    };
  }

  private int ask(Demo demo) throws InterruptedException {
    DemoRun run = demo.run(this::progress);
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
        new CountDownLatch(1).await();
        return OckhamCommand.OK;
      }
    }
  }

  private int failed(String problem) {
    terminal.err().println("demo: " + problem);
    terminal.err().println("This should not happen: please report it with the output above.");
    terminal.err().flush();
    return OckhamCommand.FAILED;
  }

  private void progress(int sent) {
    boolean last = sent == questions;
    if (terminal.interactive()) {
      terminal.err().print("\r  asked " + sent + " of " + questions + (last ? "\n\n" : ""));
      terminal.err().flush();
    } else if (last || sent % Math.max(1, questions / 5) == 0) {
      terminal.err().println("asked " + sent + " of " + questions);
      terminal.err().flush();
    }
  }

  /** On Ctrl-C: has the command end in good order, and waits for it. */
  private static Thread stopper(Thread command, CountDownLatch done) {
    return new Thread(() -> {
      command.interrupt();
      try {
        var _ = done.await(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    });
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
