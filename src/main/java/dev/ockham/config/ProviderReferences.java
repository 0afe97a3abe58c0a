package dev.ockham.config;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.chat.Dialect;
import dev.ockham.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks what one provider's keys say of each other. */
final class ProviderReferences {
  private static final Set<Dialect> OPENAI = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES);

  private final ProviderNode provider;
  private final Mapping node;
  private final List<ConfigProblem> problems;

  ProviderReferences(ProviderNode provider, List<ConfigProblem> problems) {
    this.provider = provider;
    this.node = provider.node();
    this.problems = problems;
  }

  void check(String path) {
    if (provider.known().isEmpty() && node.get("dialect").isEmpty()) {
      problem(path + ".dialect", "absent", unknown());
    }
    if (node.get("base-url").isEmpty() && provider.baseUrl().isEmpty()) {
      problem(
          path + ".base-url",
          "absent",
          provider.known().map(CatalogFile.Provider::baseUrl).map(this::filled).orElse(unknown()));
    }
    oneCredential(path);
    aws(path + ".aws");
    dialects(path);
  }

  private String unknown() {
    return "it, since the catalog does not know \"" + provider.name() + "\"";
  }

  private String filled(String url) {
    return url.contains("{region}") && !url.contains("{project}")
        ? "it, or aws.region"
        : "it, with names of yours: " + url;
  }

  private void oneCredential(String path) {
    var given = new ArrayList<String>();
    for (String key : List.of("api-key", "google-account")) {
      if (node.get(key).isPresent()) {
        given.add(key);
      }
    }
    if (node.section("aws").get("access-key-id").isPresent()) {
      given.add("aws.access-key-id");
    }
    if (given.size() > 1) {
      problem(path, String.join(" and ", given), "one of them");
    }
    if (node.get("key-header").isPresent() && node.get("api-key").isEmpty()) {
      problem(path + ".key-header", "without api-key", "api-key, which it is for");
    }
  }

  private void aws(String path) {
    Mapping aws = node.section("aws");
    boolean id = aws.get("access-key-id").isPresent();
    boolean secret = aws.get("secret-access-key").isPresent();
    if (id != secret) {
      String missing = id ? "secret-access-key" : "access-key-id";
      problem(path + "." + missing, "absent", "it, beside the other key");
    }
    if (aws.get("session-token").isPresent() && !id) {
      problem(path + ".access-key-id", "absent", "it, beside session-token");
    }
    if (id && provider.region().isEmpty()) {
      problem(path + ".region", "absent", "it, since the address does not tell");
    }
  }

  /** What only one dialect's providers understand. */
  private void dialects(String path) {
    only(path, "anthropic-version", Set.of(Dialect.ANTHROPIC_MESSAGES));
    for (String key : List.of("api-version", "organization", "project")) {
      only(path, key, OPENAI);
    }
    only(path, "aws", Set.of(Dialect.BEDROCK_CONVERSE));
  }

  private void only(String path, String key, Set<Dialect> dialects) {
    if (node.get(key).isPresent()
        && provider.dialect().map(dialect -> !dialects.contains(dialect)).orElse(false)) {
      List<String> names = dialects.stream().map(Dialect::wireName).sorted().toList();
      problem(
          path + "." + key,
          "for " + provider.dialect().orElseThrow().wireName(),
          "it only for " + String.join(", ", names));
    }
  }

  private void problem(String path, String value, String expected) {
    problems.add(new ConfigProblem(node.line(), path, value, expected));
  }
}
