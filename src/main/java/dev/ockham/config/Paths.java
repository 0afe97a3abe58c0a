package dev.ockham.config;

import java.nio.file.Path;

/** Paths as people write them. */
final class Paths {
  private Paths() {}

  /** Absolute: {@code ~} is the home folder, relative ones start at {@code folder}. */
  static Path resolve(String text, Path folder, Path home) {
    if (text.equals("~")) {
      return home.toAbsolutePath().normalize();
    }
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
    return path.toAbsolutePath().normalize();
  }
}
