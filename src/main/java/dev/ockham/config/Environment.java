package dev.ockham.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the surroundings say: environment variables, the home folder and the folder that relative
 * paths start from.
 */
public record Environment(Map<String, String> variables, Path home, Path folder) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The one of this process. */
  public static Environment ofProcess() {
    return of(
        System.getenv(), Path.of(System.getProperty("user.home")), Path.of("").toAbsolutePath());
  }

  /**
   * The home is what HOME says, as it is for every client whose files we touch: Java's own idea of
   * it ignores the variable.
   *
   * @param otherwise where HOME is not set to an absolute path
   */
  static Environment of(Map<String, String> variables, Path otherwise, Path folder) {
    Path home =
        Optional.ofNullable(variables.get("HOME"))
            .filter(text -> !text.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElse(otherwise);
    return new Environment(variables, home, folder);
  }

  /** A variable's value; empty where it is not set or blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "Environment" + variables.keySet();
  }
}
