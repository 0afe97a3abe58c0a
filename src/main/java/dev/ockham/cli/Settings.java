package dev.ockham.cli;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.config.Assembly;
import dev.ockham.config.CatalogReader;
import dev.ockham.config.Config;
import dev.ockham.config.ConfigOutcome;
import dev.ockham.config.ConfigReader;
import dev.ockham.config.Environment;
import dev.ockham.config.EnvironmentConfig;
import dev.ockham.config.KeyringReader;
import dev.ockham.lab.ShippedWeights;
import dev.ockham.learn.Encoder;
import dev.ockham.route.Fleet;
import dev.ockham.route.LearnedScorer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The settings a command works with, read from a file or else from the environment. */
record Settings(
    Config config, Assembly assembly, List<String> warnings, Optional<KeyringReader> keys) {

  /** Reads them; what is wrong is told to the terminal, and then there are none. */
  static Optional<Settings> load(
      Optional<Path> file, Environment environment, Terminal terminal, InstantSource clock) {
    CatalogFile shipped = CatalogReader.shipped();
    ConfigOutcome outcome =
        file.isPresent()
            ? ConfigReader.read(environment.folder().resolve(file.get()), shipped, environment)
            : EnvironmentConfig.read(shipped, environment, localModels(environment, terminal));
    return switch (outcome) {
      case ConfigOutcome.Invalid invalid -> {
        complain(file, invalid, terminal);
        yield Optional.empty();
      }
      case ConfigOutcome.Read(Config config, List<String> warnings, Optional<KeyringReader> keys) ->
          Optional.of(
              new Settings(
                  config,
                  Assembly.of(
                      config, shipped, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                  warnings,
                  keys));
    };
  }

  /** What decisions are made with; reads the shipped weights. */
  Fleet fleet() {
    Encoder encoder = ShippedWeights.encoder();
    return new Fleet(
        assembly.catalog(),
        assembly.routes(),
        config.defaultRoute(),
        new LearnedScorer(encoder, ShippedWeights.prior(encoder)),
        assembly.version(),
        config.adoption());
  }

  private static List<String> localModels(Environment environment, Terminal terminal) {
    Optional<String> ollama = EnvironmentConfig.ollama(environment);
    if (ollama.isEmpty()) {
      return List.of();
    }
    List<String> found = OllamaModels.at(ollama.get());
    if (found.isEmpty()) {
      terminal
          .err()
          .println(
              "warning: OLLAMA_HOST is set, but no model was found at "
                  + ollama.get()
                  + ". Start Ollama there and pull one, or unset it.");
    }
    return found;
  }

  private static void complain(
      Optional<Path> file, ConfigOutcome.Invalid invalid, Terminal terminal) {
    int count = invalid.problems().size();
    String where = file.map(Path::toString).orElse("the environment");
    terminal
        .err()
        .println("ockham: " + where + ": " + count + (count == 1 ? " problem" : " problems"));
    invalid.problems().forEach(problem -> terminal.err().println("  " + problem));
    terminal
        .err()
        .println(
            file.isPresent()
                ? "Mend the file and try it with: ./ockham check " + where
                : "Set one, for example: export OPENAI_API_KEY=…   Or write a file: docs/configuration.md");
  }
}
