package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogFile.DatedPrice;
import dev.ockham.catalog.CatalogFile.Facts;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a catalog file, and refuses what cannot be: negative prices, absurd ones, other formats.
 */
public final class CatalogReader {

  /** What came of it. */
  public sealed interface Outcome {
    record Read(CatalogFile catalog) implements Outcome {}

    record Invalid(List<ConfigProblem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /** The longest context window believed, in tokens. */
  static final long MAX_TOKENS = 100_000_000;

  private static final String SHIPPED = "/dev/ockham/catalog/catalog.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<ConfigProblem> problems = new ArrayList<>();

  private CatalogReader() {}

  /** The catalog that ships with this release. */
  public static CatalogFile shipped() {
    try (InputStream in = CatalogReader.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is not in this build (expected: the catalog)");
      }
      return switch (read(in.readAllBytes())) {
        case Outcome.Read(CatalogFile catalog) -> catalog;
        case Outcome.Invalid(List<ConfigProblem> problems) ->
            throw new IllegalStateException("the shipped catalog is damaged: " + problems);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file's bytes. */
  public static Outcome read(byte[] json) {
    try {
      return new CatalogReader().file(JSON.readTree(json));
    } catch (JacksonException e) {
      var problem = new ConfigProblem(line(e), "", "not JSON", "a catalog file, one JSON object");
      return new Outcome.Invalid(List.of(problem));
    }
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
  }

  private Outcome file(JsonNode root) {
    String format = root.path("format").asString("");
    int version = root.path("version").asInt(0);
    if (!format.equals(CatalogFormat.MAGIC)) {
      problem("format", format, CatalogFormat.MAGIC);
      return new Outcome.Invalid(problems);
    }
    if (version < CatalogFormat.OLDEST || version > CatalogFormat.VERSION) {
      problem(
          "version",
          String.valueOf(version),
          CatalogFormat.OLDEST + " to " + CatalogFormat.VERSION + ", by this release");
      return new Outcome.Invalid(problems);
    }
    var providers = new LinkedHashMap<String, CatalogFile.Provider>();
    root.path("providers")
        .forEachEntry((name, node) -> {
          String path = "providers." + name;
          providers.put(
              name,
              new CatalogFile.Provider(
                  dialect(path + ".dialect", node.path("dialect").asString("")),
                  node.path("base-url").asString(""),
                  models(name, path + ".models", node.path("models"))));
        });
    return problems.isEmpty()
        ? new Outcome.Read(new CatalogFile(root.path("date").asString(""), providers))
        : new Outcome.Invalid(problems);
  }

  private SequencedMap<String, Facts> models(String provider, String path, JsonNode node) {
    var models = new LinkedHashMap<String, Facts>();
    node.forEachEntry(
        (id, facts) -> models.put(id, facts(provider + "/" + id, path + "." + id, facts)));
    return models;
  }

  private Dialect dialect(String path, String name) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.wireName().equals(name)) {
        return dialect;
      }
    }
    problem(path, name, Kind.DIALECT.expected());
    return Dialect.OPENAI_CHAT;
  }

  private Facts facts(String owner, String path, JsonNode node) {
    var capabilities = EnumSet.noneOf(Capability.class);
    for (JsonNode name : node.path("can")) {
      capability(name.asString())
          .ifPresentOrElse(
              capabilities::add,
              () -> problem(path + ".can", name.asString(), "a known capability"));
    }
    var prices = new ArrayList<DatedPrice>();
    for (JsonNode price : node.path("prices")) {
      String at = path + ".prices[" + prices.size() + "]";
      prices.add(new CatalogPriceReader(owner, problems).price(at, price));
    }
    Optional<LocalDate> retires =
        node.has("retires") ? CatalogPriceReader.day(node.path("retires")) : Optional.empty();
    if (node.has("retires") && retires.isEmpty()) {
      problem(path + ".retires", node.path("retires").toString(), CatalogPriceReader.A_DAY);
    }
    return new Facts(
        new Model.Limits(
            tokens(path + ".context", node.path("context")),
            tokens(path + ".output", node.path("output"))),
        capabilities,
        prices,
        skill(path + ".skill", node.path("skill")),
        retires);
  }

  static Optional<Capability> capability(String name) {
    for (Capability capability : Capability.values()) {
      if (CatalogFormat.wireName(capability).equals(name)) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }

  private OptionalLong tokens(String path, JsonNode node) {
    if (node.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (node.isIntegralNumber()
        && node.canConvertToLong()
        && node.asLong() > 0
        && node.asLong() <= MAX_TOKENS) {
      return OptionalLong.of(node.asLong());
    }
    problem(path, node.toString(), "a whole number of tokens, 1 to " + MAX_TOKENS);
    return OptionalLong.empty();
  }

  private OptionalDouble skill(String path, JsonNode node) {
    if (node.isMissingNode()) {
      return OptionalDouble.empty();
    }
    if (node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= 1) {
      return OptionalDouble.of(node.asDouble());
    }
    problem(path, node.toString(), "a number in [0, 1]");
    return OptionalDouble.empty();
  }

  private void problem(String path, String value, String expected) {
    problems.add(new ConfigProblem(0, path, value, expected));
  }
}
