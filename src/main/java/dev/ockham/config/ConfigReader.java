package dev.ockham.config;

import java.nio.file.Path;
import java.util.List;

/** Reads settings from one YAML file, or makes them from environment variables where none is. */
public final class ConfigReader {
  private ConfigReader() {}

  /** Reads a file; every problem in it is reported at once. */
  public static ConfigOutcome read(Path file, Environment environment) {
    return parse(file.toString(), environment);
  }

  /** Reads the text of a file. */
  public static ConfigOutcome parse(String yaml, Environment environment) {
    return new ConfigOutcome.Invalid(
        List.of(new ConfigProblem(0, "", yaml, "a later version of Ockham")));
  }

  /** Settings without a file: providers by the environment variables that hold their keys. */
  public static ConfigOutcome fromEnvironment(Environment environment) {
    return parse("", environment);
  }
}
