package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.config.YamlNode.Mapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what one part of the file says of another, and what needs more than one key to judge. */
final class References {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final CatalogFile shipped;
  private final List<ConfigProblem> problems;
  private final Mapping root;
  private final Set<String> models;

  References(Mapping root, CatalogFile shipped, List<ConfigProblem> problems) {
    this.root = root;
    this.shipped = shipped;
    this.problems = problems;
    this.models = new LinkedHashSet<>(root.section("models").entries().keySet());
    models.addAll(root.section("aliases").entries().keySet());
  }

  void check() {
    each("providers", this::provider);
    each("models", this::model);
    root.section("aliases")
        .entries()
        .forEach((name, entry) ->
            refer(
                "aliases." + name,
                entry.value(),
                root.section("models").entries().keySet(),
                "a name under models"));
    each("routes", this::route);
    new AdoptionReferences(root, problems).check();
    roomForOneBody();
    catalog();
    proxyNames("network", root.section("network"));
    distinctNames();
    nonEmpty("providers");
    nonEmpty("models");
  }

  private void catalog() {
    Mapping catalog = root.section("catalog");
    List<YamlNode> offered = catalog.list("offer");
    for (int i = 0; i < offered.size(); i++) {
      refer("catalog.offer[" + i + "]", offered.get(i), providers(), "a name under providers");
    }
    Optional<String> url = catalog.text("url").filter(Kind.BASE_URL::accepts);
    if (url.isPresent() && url.get().startsWith("http:") && !onThisMachine(url.get())) {
      problems.add(
          new ConfigProblem(
              catalog.get("url").map(YamlNode::line).orElse(0),
              "catalog.url",
              url.get(),
              "https, since whoever changes prices on the way changes what is spent"));
    }
  }

  private void model(String path, Mapping model) {
    model
        .get("provider")
        .ifPresent(
            named -> refer(path + ".provider", named, providers(), "a name under providers"));
    new DeploymentReferences(problems, providers()).check(path, model);
    model
        .get("rate-card")
        .filter(_ -> model.get("price").isPresent())
        .ifPresent(card ->
            problems.add(
                new ConfigProblem(
                    card.line(), path + ".rate-card", "beside price", "one of the two")));
    Mapping card = model.section("rate-card");
    card.text("utilisation")
        .filter(text -> Kind.SHARE.accepts(text) && new BigDecimal(text).signum() == 0)
        .ifPresent(text ->
            problems.add(
                new ConfigProblem(
                    card.line(), path + ".rate-card.utilisation", text, "more than 0")));
    List<YamlNode> variants = model.section("price").list("variants");
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i) instanceof Mapping variant
          && variant.get("from").isPresent() != variant.get("until").isPresent()) {
        problems.add(
            new ConfigProblem(
                variant.line(),
                path + ".price.variants[" + i + "]",
                "one of from, until",
                "both, or neither for all day"));
      }
    }
  }

  /** A body is held twice: as it came, and as it goes to a provider. */
  private void roomForOneBody() {
    Mapping server = root.section("server");
    Optional<Long> budget = size(server, "body-budget");
    long body = size(server, "max-body").orElse(ConfigBuild.DEFAULT_SERVER.maxBodyBytes());
    if (budget.isPresent() && budget.get() / 2 < body) {
      problems.add(
          new ConfigProblem(
              server.get("body-budget").map(YamlNode::line).orElse(0),
              "server.body-budget",
              server.text("body-budget").orElse(""),
              "at least twice server.max-body, " + 2 * body + " bytes, or a smaller max-body"));
    }
  }

  private static Optional<Long> size(Mapping node, String key) {
    return node.text(key).filter(Kind.SIZE::accepts).map(Kind::size);
  }

  /** A proxy is told who we are by the section that names it: a password goes nowhere else. */
  private void proxyNames(String path, Mapping network) {
    for (String key : List.of("proxy-user", "proxy-password")) {
      if (network.get(key).isPresent() && network.get("proxy").isEmpty()) {
        problems.add(
            new ConfigProblem(
                network.get(key).map(YamlNode::line).orElse(0),
                path + "." + key,
                "without proxy",
                "proxy beside it, which it is for"));
      }
    }
  }

  private Collection<String> providers() {
    return root.section("providers").entries().keySet();
  }

  private void provider(String path, Mapping provider) {
    String name = path.substring(path.indexOf('.') + 1);
    new ProviderReferences(new ProviderNode(name, provider, shipped), problems).check(path);
    proxyNames(path + ".network", provider.section("network"));
    Optional<String> url = provider.text("base-url").filter(Kind.BASE_URL::accepts);
    boolean allowed = provider.text("allow-http").orElse("").equals("true");
    if (url.isPresent() && url.get().startsWith("http:") && !allowed && !onThisMachine(url.get())) {
      problems.add(
          new ConfigProblem(
              provider.get("base-url").map(YamlNode::line).orElse(0),
              path + ".base-url",
              url.get(),
              "https, since prompts and the key would travel in the clear; allow-http: true"
                  + " permits it"));
    }
  }

  private static boolean onThisMachine(String url) {
    return Kind.url(url).map(uri -> LOOPBACK.contains(uri.getHost())).orElse(false);
  }

  private void route(String path, Mapping route) {
    RouteSection.check(path, route, models, problems);
  }

  /** A client names models, aliases and routes alike: each name must mean one thing. */
  private void distinctNames() {
    Map<String, String> taken = new HashMap<>();
    for (String section : List.of("models", "aliases", "routes")) {
      root.section(section)
          .entries()
          .forEach((name, entry) -> {
            String path = section + "." + name;
            String earlier = taken.putIfAbsent(name, path);
            if (earlier != null) {
              problems.add(
                  new ConfigProblem(
                      entry.line(), path, name, "a name that " + earlier + " has not"));
            }
            if (name.equals(Config.AUTO) && !section.equals("routes")) {
              problems.add(
                  new ConfigProblem(entry.line(), path, name, "another name: auto is a route's"));
            }
          });
    }
  }

  private void nonEmpty(String section) {
    Optional<YamlNode> node = root.get(section);
    if (node.isPresent() && node.get() instanceof Mapping mapping && mapping.entries().isEmpty()) {
      problems.add(new ConfigProblem(mapping.line(), section, "none", "at least one"));
    }
  }

  private void refer(String path, YamlNode node, Collection<String> known, String expected) {
    if (node instanceof YamlNode.Scalar(int line, String name) && !known.contains(name)) {
      problems.add(new ConfigProblem(line, path, name, expected + ShapeCheck.hint(name, known)));
    }
  }

  private interface Check {
    void of(String path, Mapping settings);
  }

  private void each(String section, Check check) {
    var mappings = new ArrayList<Map.Entry<String, Mapping>>();
    root.section(section)
        .entries()
        .forEach((name, entry) -> {
          if (entry.value() instanceof Mapping mapping) {
            mappings.add(Map.entry(section + "." + name, mapping));
          }
        });
    mappings.forEach(entry -> check.of(entry.getKey(), entry.getValue()));
  }
}
