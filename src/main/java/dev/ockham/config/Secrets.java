package dev.ockham.config;

import dev.ockham.catalog.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what {@code ${env:NAME}} and {@code ${file:path}} stand for. For one thread at a time. */
final class Secrets {
  /** Bundles of certificate authorities are the longest. */
  private static final long MAX_BYTES = 1 << 20;

  /** What was found, or why nothing was. */
  sealed interface Found {
    record Value(Secret secret) implements Found {}

    record Missing(String expected) implements Found {}
  }

  private final Environment environment;
  private final Path folder;

  /** What files said when they were last asked for, by the names they were asked for by. */
  private final Map<String, Found> files = new HashMap<>();

  /**
   * @param folder where relative paths start
   */
  Secrets(Environment environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  Found find(String reference) {
    String inner = reference.substring(2, reference.length() - 1);
    int colon = inner.indexOf(':');
    String name = inner.substring(colon + 1);
    return inner.startsWith("env:") ? variable(name) : file(name);
  }

  private Found variable(String name) {
    Optional<String> value = environment.variable(name);
    return value.isPresent()
        ? new Found.Value(new Secret(value.get().strip()))
        : new Found.Missing("the environment variable " + name + " to be set");
  }

  /** The text of a file, without white space around it. */
  Found file(String name) {
    Found found = load(name);
    files.put(name, found);
    return found;
  }

  /** Whether a file says something else than when it was last asked for. */
  boolean changed() {
    return files.entrySet().stream()
        .anyMatch(entry -> !load(entry.getKey()).equals(entry.getValue()));
  }

  private Found load(String name) {
    Path path = Paths.resolve(name, folder, environment.home());
    try {
      if (Files.size(path) > MAX_BYTES) {
        return new Found.Missing("a file of at most " + MAX_BYTES + " bytes");
      }
      String text = Files.readString(path).strip();
      return text.isEmpty()
          ? new Found.Missing("a file that is not empty")
          : new Found.Value(new Secret(text));
    } catch (IOException _) {
      return new Found.Missing("a file that can be read: " + path);
    }
  }
}
