package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogMerge;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalog a configuration works with: the shipped one, over it a file of the operator's, over
 * that what was last fetched. What of them is not believed is left out and said.
 *
 * @param problems of a file that cannot be used at all
 */
public record CatalogInForce(
    CatalogFile catalog, List<ConfigProblem> problems, List<String> warnings) {
  /** What was fetched last, in the data folder. */
  private static final String FETCHED = "catalog.json";

  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_WARNINGS = 20;

  public CatalogInForce {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Reads what a configuration's file names; without a file, what was fetched last. */
  public static CatalogInForce of(Optional<Path> file, Environment environment, LocalDate today) {
    var reading = new Reading(CatalogReader.shipped(), today);
    Optional<YamlNode.Mapping> root = file.flatMap(CatalogInForce::yaml);
    Path start = file.map(each -> each.toAbsolutePath().getParent()).orElse(environment.folder());
    root.flatMap(node -> node.section("catalog").text("file"))
        .ifPresent(
            text -> reading.add(Paths.resolve(text, start, environment.home()), "catalog.file"));
    Path data =
        root.flatMap(node -> node.section("data").text("folder"))
            .map(text -> Paths.resolve(text, start, environment.home()))
            .orElseGet(() -> ConfigBuild.defaultFolder(environment));
    if (root.flatMap(node -> node.section("catalog").text("url")).isPresent()
        && Files.exists(data.resolve(FETCHED))) {
      reading.add(data.resolve(FETCHED), "what was fetched last");
    }
    return new CatalogInForce(reading.catalog, reading.problems, reading.warnings);
  }

  /** Takes a newer catalog over this one, and keeps it for the next start. */
  public static CatalogMerge.Merged keep(
      CatalogFile inForce, CatalogFile newer, Path dataFolder, LocalDate today) throws IOException {
    CatalogMerge.Merged merged = CatalogMerge.of(inForce, newer, today);
    Path whole = dataFolder.resolve(FETCHED);
    Path half = dataFolder.resolve(FETCHED + ".new");
    Files.createDirectories(dataFolder);
    Files.writeString(half, CatalogFormat.write(merged.catalog()));
    try {
      Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    return merged;
  }

  private static Optional<YamlNode.Mapping> yaml(Path file) {
    try {
      return Files.size(file) > ConfigReader.MAX_BYTES
          ? Optional.empty()
          : new YamlReader(new ArrayList<>()).read(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty(); // the reader of the configuration says so
    }
  }

  private static final class Reading {
    private CatalogFile catalog;
    private final LocalDate today;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Reading(CatalogFile shipped, LocalDate today) {
      this.catalog = shipped;
      this.today = today;
    }

    void add(Path file, String what) {
      try {
        if (Files.size(file) > MOST_BYTES) {
          problems.add(problem(what, file, "at most " + MOST_BYTES + " bytes"));
          return;
        }
        switch (CatalogReader.read(Files.readAllBytes(file))) {
          case CatalogReader.Outcome.Read(CatalogFile newer) -> {
            CatalogMerge.Merged merged = CatalogMerge.of(catalog, newer, today);
            catalog = merged.catalog();
            merged.refused().stream()
                .limit(MOST_WARNINGS)
                .forEach(line -> warnings.add(what + ": refused " + line));
          }
          case CatalogReader.Outcome.Invalid(List<ConfigProblem> found) ->
              problems.add(problem(what, file, "a catalog; " + found.getFirst() + ", and so on"));
        }
      } catch (IOException _) {
        problems.add(problem(what, file, "a catalog file that can be read"));
      }
    }

    private static ConfigProblem problem(String what, Path file, String expected) {
      return new ConfigProblem(0, what, file.toString(), expected);
    }
  }
}
