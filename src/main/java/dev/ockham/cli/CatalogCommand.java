package dev.ockham.cli;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.CatalogMerge;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceChange;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.chat.TokenClass;
import dev.ockham.config.CatalogCollections;
import dev.ockham.config.CatalogFormat;
import dev.ockham.config.CatalogImport;
import dev.ockham.config.CatalogReader;
import dev.ockham.config.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at catalogs of models and prices, and takes newer prices into them. */
@Command(
    name = "catalog",
    description = {
      "Shows models and prices, takes newer ones, and compares catalogs.",
      "Example: ./ockham catalog show gpt-5.4"
    })
final class CatalogCommand implements Runnable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** A longer file is refused. */
  private static final long MOST_BYTES = 64L << 20;

  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  CatalogCommand(Terminal terminal, Ambient ambient) {
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of show, import, diff, check?");
  }

  @Command(
      name = "show",
      description = {
        "Shows what is known of the models whose names contain a text.",
        "Example: ./ockham catalog show claude-haiku"
      })
  int show(
      @Parameters(paramLabel = "TEXT", description = "Part of PROVIDER/MODEL.") String text,
      @Option(names = "--in", paramLabel = "FILE", description = "A catalog of your own.")
          @Nullable Path file) {
    CatalogFile catalog = catalog(file);
    int found = 0;
    for (var provider : catalog.providers().entrySet()) {
      for (var model : provider.getValue().models().entrySet()) {
        String name = provider.getKey() + "/" + model.getKey();
        if (name.contains(text)) {
          found++;
          show(name, model.getValue());
        }
      }
    }
    if (found == 0) {
      terminal.err().println("ockham: no model of catalog " + catalog.version() + " has " + text);
    }
    return found == 0 ? OckhamCommand.FAILED : OckhamCommand.OK;
  }

  private void show(String name, Facts facts) {
    var out = terminal.out();
    out.println(
        name
            + "   window "
            + (facts.limits().contextWindow().isPresent()
                ? facts.limits().contextWindow().getAsLong()
                : "unknown")
            + facts.retires().map(day -> "   retires " + day).orElse(""));
    if (facts.prices().isEmpty()) {
      out.println("  price unknown");
    }
    for (DatedPrice dated : facts.prices()) {
      String since = dated.from().equals(LocalDate.MIN) ? "" : "from " + dated.from() + ": ";
      String where = dated.region().map(region -> region + ": ").orElse("");
      out.println("  " + since + where + words(dated.price()));
      out.println("    " + dated.source() + ", checked " + dated.checked());
    }
  }

  private static String words(Price price) {
    if (!(price instanceof Price.Listed listed)) {
      return price.versionName();
    }
    var rates = new ArrayList<String>();
    for (TokenClass kind : TokenClass.values()) {
      Long picos = listed.picosPerToken().get(kind);
      if (picos != null) {
        rates.add(kind.wireName() + " " + PriceChange.dollars(kind, picos));
      }
    }
    String terms = PriceTerms.write(listed);
    return String.join(", ", rates)
        + "   "
        + listed.version()
        + (terms.isEmpty() ? "" : "\n    " + terms.replace("; ", "\n    "));
  }

  @Command(
      name = "import",
      description = {
        "Takes prices from LiteLLM's, models.dev's or genai-prices' JSON into a catalog.",
        "Example: ./ockham catalog import prices.json --format litellm --out catalog.json"
      })
  int importing(
      @Parameters(paramLabel = "FILE", description = "The collection's JSON.") Path file,
      @Option(
              names = "--format",
              required = true,
              description = "litellm, models-dev or genai-prices.")
          String format,
      @Option(names = "--onto", description = "The catalog to start from (default: the shipped).")
          @Nullable Path onto,
      @Option(names = "--date", description = "The day of the prices (default: today).")
          @Nullable LocalDate date,
      @Option(names = "--out", required = true, description = "The catalog to write.") Path out)
      throws IOException {
    CatalogFile base = catalog(onto);
    LocalDate day = date == null ? today() : date;
    CatalogCollections.Collected collected;
    try {
      collected = CatalogCollections.read(bytes(file), format(format), base, day);
    } catch (IllegalArgumentException e) {
      terminal.err().println("ockham: " + file + ": " + e.getMessage());
      return OckhamCommand.FAILED;
    }
    CatalogMerge.Merged merged = CatalogMerge.of(base, collected.catalog(), day);
    Files.writeString(out, CatalogFormat.write(merged.catalog()));
    collected.refused().forEach(line -> terminal.out().println("refused   " + line));
    tell(merged);
    if (collected.skipped() > 0) {
      terminal.out().println(collected.skipped() + " models of other providers were left out");
    }
    terminal.out().println("wrote " + out + "; use it with catalog.file in the configuration");
    return OckhamCommand.OK;
  }

  private void tell(CatalogMerge.Merged merged) {
    merged.refused().forEach(line -> terminal.out().println("refused   " + line));
    merged.changed().forEach(line -> terminal.out().println("changed   " + line));
    merged.added().forEach(line -> terminal.out().println("added     " + line));
    terminal
        .out()
        .printf(
            "%d refused, %d changed, %d added, %d not mentioned and kept%n",
            merged.refused().size(),
            merged.changed().size(),
            merged.added().size(),
            merged.missing().size());
  }

  @Command(
      name = "diff",
      description = {
        "Says how a catalog differs from another.",
        "Example: ./ockham catalog diff catalog.json"
      })
  int diff(
      @Parameters(paramLabel = "FILE", description = "A catalog.") Path file,
      @Parameters(
              paramLabel = "THAN",
              arity = "0..1",
              description = "Compared with (default: the shipped one).")
          @Nullable Path than) {
    CatalogMerge.Merged merged = CatalogMerge.of(catalog(than), catalog(file), today());
    tell(merged);
    merged.missing().forEach(line -> terminal.out().println("missing   " + line));
    return OckhamCommand.OK;
  }

  @Command(
      name = "check",
      description = {
        "Says what of a catalog would not be believed, after the one in force.",
        "Example: ./ockham catalog check catalog.json"
      })
  int check(
      @Parameters(paramLabel = "FILE", description = "A catalog.") Path file,
      @Option(names = "--after", description = "The one in force (default: the shipped one).")
          @Nullable Path after) {
    CatalogMerge.Merged merged = CatalogMerge.of(catalog(after), catalog(file), today());
    merged.refused().forEach(line -> terminal.out().println("refused   " + line));
    terminal.out().println(file + ": " + merged.refused().size() + " prices refused");
    return merged.refused().isEmpty() ? OckhamCommand.OK : OckhamCommand.FAILED;
  }

  @Command(
      name = "make",
      hidden = true,
      description = {
        "Makes the shipped catalog from models.dev and genai-prices; see docs/catalog.md.",
        "Example: ./ockham catalog make FOLDER --out catalog.json"
      })
  int make(
      @Parameters(paramLabel = "FOLDER", description = "Holds the collections, gzipped.")
          Path folder,
      @Option(names = "--out", required = true, description = "The catalog to write.") Path out)
      throws IOException {
    CatalogImport.Made made =
        CatalogImport.of(
            unzipped(folder.resolve("models-dev.json.gz")),
            unzipped(folder.resolve("models-dev-base.json.gz")),
            unzipped(folder.resolve("genai-prices.json.gz")));
    Files.writeString(out, CatalogFormat.write(made.catalog()));
    made.disagreements().forEach(terminal.out()::println);
    return OckhamCommand.OK;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(ambient.clock().instant(), ZoneOffset.UTC);
  }

  private CatalogFile catalog(@Nullable Path file) {
    if (file == null) {
      return CatalogReader.shipped();
    }
    try {
      return switch (CatalogReader.read(bytes(file))) {
        case CatalogReader.Outcome.Read(CatalogFile catalog) -> catalog;
        case CatalogReader.Outcome.Invalid(List<ConfigProblem> problems) ->
            throw new ParameterException(
                spec.commandLine(), file + " is refused:\n" + lines(problems));
      };
    } catch (IOException _) {
      throw new ParameterException(
          spec.commandLine(), file + " (expected: a catalog file that can be read)");
    }
  }

  private static String lines(List<ConfigProblem> problems) {
    return String.join("\n", problems.stream().limit(50).map(each -> "  " + each).toList());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too long");
    }
    return Files.readAllBytes(file);
  }

  private CatalogCollections.Format format(String name) {
    Optional<CatalogCollections.Format> known =
        Arrays.stream(CatalogCollections.Format.values())
            .filter(format -> format.wireName().equals(name))
            .findFirst();
    return known.orElseThrow(() ->
        new ParameterException(
            spec.commandLine(),
            "format \"" + name + "\" (expected: litellm, models-dev or genai-prices)"));
  }

  private static JsonNode unzipped(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }
}
