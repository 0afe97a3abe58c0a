package dev.ockham.config;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.HangUp;
import dev.ockham.catalog.Keyring;
import dev.ockham.config.YamlNode.Mapping;
import dev.ockham.route.Adoption;
import dev.ockham.route.Explanation;
import dev.ockham.route.Route;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/** Makes records of a file that was found valid. */
final class ConfigBuild {
  static final Config.Deadlines DEFAULT_DEADLINES =
      new Config.Deadlines(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(30));
  static final Config.Server DEFAULT_SERVER =
      new Config.Server("127.0.0.1", 8484, 32L << 20, OptionalLong.empty(), DEFAULT_DEADLINES);
  static final Config.Privacy DEFAULT_PRIVACY =
      new Config.Privacy(true, Duration.ofDays(90), Optional.empty());

  private final Mapping root;
  private final CatalogFile shipped;
  private final Keyring keyring;

  ConfigBuild(Mapping root, CatalogFile shipped, Keyring keyring) {
    this.root = root;
    this.shipped = shipped;
    this.keyring = keyring;
  }

  static Path defaultFolder(Environment environment) {
    return environment.home().resolve(".ockham").toAbsolutePath().normalize();
  }

  Config build(Path source, Environment environment) {
    var providers = new LinkedHashMap<String, Config.Provider>();
    sections("providers").forEach((name, node) -> providers.put(name, provider(name, node)));
    var models = new LinkedHashMap<String, Config.ModelEntry>();
    sections("models").forEach((name, node) -> models.put(name, model(name, node)));
    var aliases = new LinkedHashMap<String, String>();
    root.section("aliases")
        .entries()
        .keySet()
        .forEach(name -> aliases.put(name, root.section("aliases").text(name).orElseThrow()));
    var routes = new LinkedHashMap<String, Route>();
    sections("routes").forEach((name, node) -> routes.put(name, RouteSection.build(name, node)));
    if (routes.isEmpty()) {
      routes.put(
          Config.AUTO, overAll(Strongest.first(chatting(models), providers, models, shipped)));
    }
    Optional<String> folder = root.section("data").text("folder");
    Path beside = source.toAbsolutePath().getParent();
    Path start = beside == null ? environment.folder() : beside;
    return new Config(
        Optional.of(source),
        server(),
        new Config.Data(
            folder
                .map(text -> Paths.resolve(text, start, environment.home()))
                .orElseGet(() -> defaultFolder(environment))),
        providers,
        models,
        aliases,
        routes,
        adoption(),
        catalog(),
        privacy(),
        keyring);
  }

  /** Models that make embeddings only are no candidates, unless there are no others. */
  private static List<String> chatting(SequencedMap<String, Config.ModelEntry> models) {
    List<String> chatting =
        models.entrySet().stream()
            .filter(each ->
                !each.getValue().capabilities().orElse(Set.of()).contains(Capability.EMBEDDINGS))
            .map(Map.Entry::getKey)
            .toList();
    return chatting.isEmpty() ? List.copyOf(models.keySet()) : chatting;
  }

  /** The route that there is where none is described. */
  static Route overAll(List<String> models) {
    return new Route(
        Config.AUTO, models, models.getFirst(), List.of(), RouteSection.DEFAULT_OBJECTIVE);
  }

  private SequencedMap<String, Mapping> sections(String name) {
    var sections = new LinkedHashMap<String, Mapping>();
    Mapping parent = root.section(name);
    parent.entries().keySet().forEach(key -> sections.put(key, parent.section(key)));
    return sections;
  }

  private Config.Server server() {
    Mapping node = root.section("server");
    Mapping waits = node.section("deadlines");
    return new Config.Server(
        node.text("host").orElse(DEFAULT_SERVER.host()),
        node.text("port").map(Integer::parseInt).orElse(DEFAULT_SERVER.port()),
        node.text("max-body").map(Kind::size).orElse(DEFAULT_SERVER.maxBodyBytes()),
        node.text("body-budget")
            .map(text -> OptionalLong.of(Kind.size(text)))
            .orElseGet(OptionalLong::empty),
        new Config.Deadlines(
            waits.text("request").map(Kind::duration).orElse(DEFAULT_DEADLINES.request()),
            waits.text("call").map(Kind::duration).orElse(DEFAULT_DEADLINES.call()),
            waits.text("drain").map(Kind::duration).orElse(DEFAULT_DEADLINES.drain())));
  }

  private Adoption adoption() {
    Mapping node = root.section("adoption");
    Mapping scopes = node.section("scopes");
    var rungs = new LinkedHashMap<String, Adoption.Rung>();
    scopes.entries().keySet().forEach(scope -> rungs.put(scope, rung(scopes.section(scope))));
    return new Adoption(rungs, node.text("seed").map(Long::parseLong).orElse(0L));
  }

  private static Adoption.Rung rung(Mapping node) {
    return new Adoption.Rung(
        Explanation.Mode.valueOf(node.text("mode").orElseThrow().toUpperCase(Locale.ROOT)),
        parts(node.text("percent").orElse("0")),
        parts(node.text("holdout-percent").orElse("0")));
  }

  /** A percentage of at most two decimals, in parts of 10,000. */
  private static int parts(String percent) {
    return new BigDecimal(percent).movePointRight(2).intValueExact();
  }

  private Config.CatalogSource catalog() {
    Mapping node = root.section("catalog");
    return new Config.CatalogSource(
        node.text("url"),
        node.text("every").map(Kind::duration).orElse(Config.CatalogSource.SHIPPED.every()),
        node.list("offer").stream().map(each -> ((YamlNode.Scalar) each).text()).toList());
  }

  private Config.Privacy privacy() {
    Mapping node = root.section("privacy");
    return new Config.Privacy(
        node.text("keep-features").map("true"::equals).orElse(DEFAULT_PRIVACY.keepFeatures()),
        node.text("features-ttl").map(Kind::duration).orElse(DEFAULT_PRIVACY.featuresTtl()),
        node.text("keep-responses").map(Kind::duration),
        node.text("keep-batches").map(Kind::duration));
  }

  private Config.Provider provider(String name, Mapping node) {
    var provider = new ProviderNode(name, node, shipped);
    String baseUrl = provider.baseUrl().orElseThrow();
    return new Config.Provider(
        provider.dialect().orElseThrow(),
        baseUrl,
        provider.catalogName(),
        node.text("price-region").or(provider::region),
        PriceNode.adjustments(node),
        node.text("on-hang-up")
            .map(word -> HangUp.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(HangUp.CANCEL),
        node.text("batches")
            .map("true"::equals)
            .orElseGet(() -> Config.Provider.offersBatches(baseUrl)));
  }

  private static Config.ModelEntry model(String id, Mapping node) {
    Optional<String> skill = node.text("prior-skill");
    return new Config.ModelEntry(
        node.text("provider").orElseThrow(),
        node.text("name").orElse(id),
        number(node, "context-window"),
        number(node, "max-output"),
        node.get("capabilities").map(_ -> capabilities(node)),
        PriceNode.of(id, node),
        PriceNode.adjustments(node),
        skill.isPresent()
            ? OptionalDouble.of(Double.parseDouble(skill.get()))
            : OptionalDouble.empty(),
        PlaceNode.serving(id, node));
  }

  private static Set<Capability> capabilities(Mapping node) {
    var capabilities = EnumSet.noneOf(Capability.class);
    for (YamlNode element : node.list("capabilities")) {
      if (element instanceof YamlNode.Scalar(_, String name)) {
        CatalogReader.capability(name).ifPresent(capabilities::add);
      }
    }
    return Set.copyOf(capabilities);
  }

  private static OptionalLong number(Mapping node, String key) {
    return node.text(key)
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }
}
