package dev.ockham.cli;

import dev.ockham.config.Config;
import dev.ockham.config.Environment;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store, for commands that work on it while no gateway does: options that they share. */
final class OpenStore {
  @Option(names = "--config", paramLabel = "FILE", description = "Says which data folder.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The data folder (default: what --config says, else ~/.ockham).")
  private @Nullable Path folder;

  /** Opens it, works on it and closes it; what is in the way is told to the terminal. */
  int with(Environment environment, Terminal terminal, Ambient ambient, ToIntFunction<Store> work) {
    Optional<Path> data = folder(environment, terminal, ambient);
    if (data.isEmpty()) {
      return OckhamCommand.FAILED;
    }
    return at(data.get(), terminal, ambient, work);
  }

  /** The same in a folder that is known. */
  static int at(Path folder, Terminal terminal, Ambient ambient, ToIntFunction<Store> work) {
    return switch (Store.open(StoreSettings.of(folder, ambient.clock(), ambient.random()))) {
      case StoreOpening.NotOpened problem -> {
        terminal.err().println("ockham: " + problem.describe());
        yield OckhamCommand.FAILED;
      }
      case StoreOpening.Opened opened -> {
        try (Store store = opened.store()) {
          yield work.applyAsInt(store);
        }
      }
    };
  }

  /** The configuration that was named; empty where none was. */
  Optional<Config> config(Environment environment, Terminal terminal, Ambient ambient) {
    return file == null
        ? Optional.empty()
        : Settings.load(Optional.of(file), environment, terminal, ambient.clock())
            .map(Settings::config);
  }

  private Optional<Path> folder(Environment environment, Terminal terminal, Ambient ambient) {
    if (folder != null) {
      return Optional.of(environment.folder().resolve(folder));
    }
    return file == null
        ? Optional.of(environment.home().resolve(".ockham"))
        : Settings.load(Optional.of(file), environment, terminal, ambient.clock())
            .map(settings -> settings.config().data().folder());
  }
}
