package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.chat.Dialect;
import dev.ockham.config.YamlNode.Mapping;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file says of a provider, with what the catalog knows of it.
 *
 * @param name as the file calls it
 */
record ProviderNode(String name, Mapping node, CatalogFile shipped) {
  private static final String REGION = "{region}";
  private static final Pattern BEDROCK =
      Pattern.compile("https://bedrock-runtime(?:-fips)?\\.([a-z0-9-]+)\\.[a-z0-9.]+.*");

  String catalogName() {
    return node.text("catalog").orElse(name);
  }

  Optional<CatalogFile.Provider> known() {
    return Optional.ofNullable(shipped.providers().get(catalogName()));
  }

  Optional<Dialect> dialect() {
    return node.get("dialect").isPresent()
        ? node.text("dialect").flatMap(ProviderNode::dialect)
        : known().map(CatalogFile.Provider::dialect);
  }

  /** Without a trailing slash; empty where neither file nor catalog says all of it. */
  Optional<String> baseUrl() {
    return node.text("base-url")
        .filter(Kind.BASE_URL::accepts)
        .or(() -> known().map(CatalogFile.Provider::baseUrl).map(this::inRegion))
        .filter(url -> !url.contains("{"))
        .map(url -> url.replaceFirst("/+$", ""));
  }

  /** Of AWS: as the file says it, else as the address does. */
  Optional<String> region() {
    return node.section("aws")
        .text("region")
        .or(() ->
            node.text("base-url")
                .map(BEDROCK::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1)));
  }

  private String inRegion(String url) {
    return region().map(region -> url.replace(REGION, region)).orElse(url);
  }

  private static Optional<Dialect> dialect(String name) {
    return Arrays.stream(Dialect.values())
        .filter(dialect -> dialect.wireName().equals(name))
        .findFirst();
  }
}
