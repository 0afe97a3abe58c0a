package dev.ockham.cli;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.config.Assembly;
import dev.ockham.config.CatalogInForce;
import dev.ockham.config.Config;
import dev.ockham.config.ConfigOutcome;
import dev.ockham.config.ConfigProblem;
import dev.ockham.config.ConfigReader;
import dev.ockham.config.Environment;
import dev.ockham.config.EnvironmentConfig;
import dev.ockham.config.KeyringReader;
import dev.ockham.lab.ShippedWeights;
import dev.ockham.learn.Encoder;
import dev.ockham.learn.Loaded;
import dev.ockham.route.Fleet;
import dev.ockham.route.ObservingScorer;
import dev.ockham.route.PriorScorer;
import dev.ockham.route.Scorer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings a command works with, read from a file or else from the environment. */
record Settings(
    Config config,
    CatalogFile facts,
    Assembly assembly,
    List<String> warnings,
    Optional<KeyringReader> keys) {

  /** What came of reading them. */
  sealed interface Reading {
    record Right(String source, Settings settings) implements Reading {}

    record Wrong(String source, List<ConfigProblem> problems) implements Reading {}
  }

  /** Reads them; what is wrong is told to the terminal, and then there are none. */
  static Optional<Settings> load(
      Optional<Path> file, Environment environment, Terminal terminal, InstantSource clock) {
    return switch (read(file, environment, terminal, clock)) {
      case Reading.Right(var _, var settings) -> Optional.of(settings);
      case Reading.Wrong(var source, var problems) -> {
        complain(file, source, problems, terminal);
        yield Optional.empty();
      }
    };
  }

  static Reading read(
      Optional<Path> file, Environment environment, Terminal terminal, InstantSource clock) {
    String source = file.map(Path::toString).orElse("the environment");
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Optional<Path> path = file.map(each -> environment.folder().resolve(each));
    CatalogInForce known = CatalogInForce.of(path, environment, today);
    if (!known.problems().isEmpty()) {
      return new Reading.Wrong(source, known.problems());
    }
    CatalogFile facts = known.catalog();
    ConfigOutcome outcome =
        path.isPresent()
            ? ConfigReader.read(path.get(), facts, environment)
            : EnvironmentConfig.read(facts, environment, localModels(environment, terminal));
    return switch (outcome) {
      case ConfigOutcome.Invalid invalid -> new Reading.Wrong(source, invalid.problems());
      case ConfigOutcome.Read(Config config, List<String> warnings, Optional<KeyringReader> keys) ->
          new Reading.Right(
              source,
              new Settings(
                  config,
                  facts,
                  Assembly.of(config, facts, today),
                  both(known.warnings(), warnings),
                  keys));
    };
  }

  private static List<String> both(List<String> left, List<String> right) {
    var both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  /** The same settings with other facts of models, and the prices of a day. */
  Settings with(CatalogFile newer, LocalDate today) {
    return new Settings(config, newer, Assembly.of(config, newer, today), warnings, keys);
  }

  /** What decisions are made with; reads the shipped weights. */
  Fleet fleet() {
    return fleet(shipped());
  }

  /** The weights in a file, else the shipped ones. */
  static Loaded<Scorer> scorer(Optional<Path> weights) {
    return weights.isPresent() ? ScorerFile.read(weights.get()) : new Loaded.Ready<>(shipped());
  }

  private static Scorer shipped() {
    Encoder encoder = ShippedWeights.encoder();
    return new ObservingScorer(new PriorScorer(encoder, ShippedWeights.asks(encoder)));
  }

  /** Likewise, with the ability model of a fleet that is there already. */
  Fleet fleetLike(Fleet other) {
    return fleet(other.scorer());
  }

  /** Likewise, with weights of one's own. */
  Fleet fleet(Scorer scorer) {
    return new Fleet(
        assembly.catalog(),
        assembly.routes(),
        config.defaultRoute(),
        scorer,
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
      Optional<Path> file, String where, List<ConfigProblem> problems, Terminal terminal) {
    int count = problems.size();
    terminal
        .err()
        .println("ockham: " + where + ": " + count + (count == 1 ? " problem" : " problems"));
    problems.forEach(problem -> terminal.err().println("  " + problem));
    terminal
        .err()
        .println(
            file.isPresent()
                ? "Mend the file and try it with: ./ockham check " + where
                : "Set one, for example: export OPENAI_API_KEY=…   Or write a file: docs/configuration.md");
  }
}
