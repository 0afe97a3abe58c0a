package dev.ockham.cli;

import dev.ockham.config.CatalogFormat;
import dev.ockham.config.CatalogImport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the shipped catalog from the collections it is built of. For maintainers. */
@Command(
    name = "catalog",
    hidden = true,
    description =
        "Makes the shipped catalog from models.dev and genai-prices; see docs/catalog.md.")
final class CatalogCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Terminal terminal;

  @Parameters(paramLabel = "FOLDER", description = "Holds the collections, as gzipped JSON.")
  private Path folder = Path.of("");

  @Option(names = "--out", required = true, description = "The catalog to write.")
  private Path out = Path.of("");

  CatalogCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CatalogImport.Made made =
        CatalogImport.of(
            read("models-dev.json.gz"),
            read("models-dev-base.json.gz"),
            read("genai-prices.json.gz"));
    Files.writeString(out, CatalogFormat.write(made.catalog()));
    made.disagreements().forEach(terminal.out()::println);
    return OckhamCommand.OK;
  }

  private JsonNode read(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
      return JSON.readTree(in);
    }
  }
}
