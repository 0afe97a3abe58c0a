package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads settings from one YAML file, or makes them from environment variables where none is. */
public final class ConfigReader {
  /** A longer file is refused. */
  static final long MAX_BYTES = 1 << 20;

  private ConfigReader() {}

  /** Reads a file, once and whole; every problem in it is reported at once. */
  public static ConfigOutcome read(Path file, CatalogFile shipped, Environment environment) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return invalid(file + ", " + Files.size(file) + " bytes", "at most " + MAX_BYTES);
      }
      return parse(Files.readString(file), file, shipped, environment);
    } catch (IOException _) {
      return invalid(file.toString(), "a file that can be read, in UTF-8");
    }
  }

  /** Reads the text of a file; relative paths in it start at the file's folder. */
  static ConfigOutcome parse(String yaml, Path file, CatalogFile shipped, Environment environment) {
    var problems = new ArrayList<ConfigProblem>();
    Optional<YamlNode.Mapping> root = new YamlReader(problems).read(yaml);
    if (root.isEmpty()) {
      return new ConfigOutcome.Invalid(problems);
    }
    new ShapeCheck(problems).check(root.get(), ConfigShape.ROOT, "");
    new References(root.get(), shipped, problems).check();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    var keys = new KeyringReader(root.get(), shipped, new Secrets(environment, folder));
    Keyring keyring = keys.read(problems);
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigProblem::line));
      return new ConfigOutcome.Invalid(problems);
    }
    Config config = new ConfigBuild(root.get(), shipped, keyring).build(file, environment);
    return new ConfigOutcome.Read(config, warnings(config, shipped), Optional.of(keys));
  }

  /** What works, but may surprise. */
  static List<String> warnings(Config config, CatalogFile shipped) {
    var warnings = new ArrayList<String>();
    config
        .models()
        .forEach((id, model) -> {
          Config.Provider provider = config.providers().get(model.provider());
          Optional<CatalogFile.Facts> facts =
              provider == null
                  ? Optional.empty()
                  : shipped.facts(provider.catalogName(), model.upstreamName());
          boolean priced =
              model.price().map(price -> !(price instanceof Price.Unknown)).orElse(false)
                  || (model.price().isEmpty()
                      && facts.map(known -> !known.prices().isEmpty()).orElse(false));
          if (!priced) {
            warnings.add(
                "models."
                    + id
                    + ": its price is unknown, so its costs will be too"
                    + " (give models."
                    + id
                    + ".price)");
          }
          if (model.capabilities().isEmpty() && facts.isEmpty()) {
            warnings.add(
                "models."
                    + id
                    + ": the catalog does not know it, so requests with tools, images or a"
                    + " schema are not routed to it (give models."
                    + id
                    + ".capabilities)");
          }
        });
    return warnings;
  }

  private static ConfigOutcome invalid(String value, String expected) {
    return new ConfigOutcome.Invalid(List.of(new ConfigProblem(0, "", value, expected)));
  }
}
