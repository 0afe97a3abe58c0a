package dev.ockham.config;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Network;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.config.YamlNode.Mapping;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a provider's settings how it is reached, reading the secrets that they name. */
final class AccessReader {
  /** Where Azure's services are, which want their key in a header of its own. */
  private static final List<String> AZURE =
      List.of(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");

  private static final String VERTEX = "aiplatform.googleapis.com";

  private final Secrets secrets;
  private final Mapping forAll;
  private final List<ConfigProblem> problems;

  /**
   * @param forAll the network of all providers
   */
  AccessReader(Secrets secrets, Mapping forAll, List<ConfigProblem> problems) {
    this.secrets = secrets;
    this.forAll = forAll;
    this.problems = problems;
  }

  Access read(ProviderNode provider) {
    Mapping node = provider.node();
    Map<String, String> headers = new LinkedHashMap<>();
    node.text("organization").ifPresent(text -> headers.put("openai-organization", text));
    node.text("project").ifPresent(text -> headers.put("openai-project", text));
    node.text("anthropic-version").ifPresent(text -> headers.put("anthropic-version", text));
    String path = "providers." + provider.name();
    return new Access(
        credential(provider, path),
        network(node.section("network"), path + ".network"),
        headers,
        node.text("api-version"));
  }

  private Credential credential(ProviderNode provider, String path) {
    Mapping node = provider.node();
    Optional<Secret> key = header(node, "api-key", path);
    if (key.isPresent()) {
      return new Credential.Key(placement(provider), key.get());
    }
    Optional<Secret> account = secret(node, "google-account", path);
    if (account.isPresent()) {
      return GoogleAccountFile.read(account.get())
          .<Credential>map(read -> read)
          .orElseGet(() -> {
            problem(node, "google-account", path, GoogleAccountFile.EXPECTED);
            return new Credential.None();
          });
    }
    Mapping aws = node.section("aws");
    Optional<Secret> id = header(aws, "access-key-id", path + ".aws");
    Optional<Secret> secret = header(aws, "secret-access-key", path + ".aws");
    Optional<Secret> token = header(aws, "session-token", path + ".aws");
    if (id.isPresent() && secret.isPresent()) {
      return new Credential.AwsKeys(provider.region().orElse(""), id.get(), secret.get(), token);
    }
    return new Credential.None();
  }

  /** As configured, else as the address tells, else as the dialect's speakers usually want it. */
  private static Placement placement(ProviderNode provider) {
    Optional<String> named = provider.node().text("key-header");
    if (named.isPresent()) {
      for (Placement each : Placement.values()) {
        if (each.header().equals(named.get())) {
          return each;
        }
      }
    }
    String host = provider.baseUrl().flatMap(Kind::url).map(URI::getHost).orElse("");
    if (AZURE.stream().anyMatch(host::endsWith)) {
      return Placement.API_KEY;
    }
    if (host.endsWith(VERTEX)) {
      return Placement.BEARER;
    }
    return Placement.usual(provider.dialect().orElse(Dialect.OPENAI_CHAT));
  }

  /** A provider's own keys win, one by one. */
  private Network network(Mapping own, String path) {
    boolean ownProxy = own.get("proxy").isPresent();
    Mapping proxyFrom = ownProxy ? own : forAll;
    String proxyPath = ownProxy ? path : "network";
    Optional<Network.Proxy> proxy =
        proxyFrom
            .text("proxy")
            .filter(Kind.PROXY::accepts)
            .filter(text -> !text.equals("none"))
            .map(URI::create)
            .map(uri ->
                new Network.Proxy(
                    uri.getHost(),
                    uri.getPort(),
                    secret(proxyFrom, "proxy-user", proxyPath),
                    secret(proxyFrom, "proxy-password", proxyPath)));
    var reader = new IdentityReader(secrets, problems);
    Optional<String> authorities =
        own.get("ca").isPresent()
            ? reader.authorities(own, path)
            : reader.authorities(forAll, "network");
    boolean ownPair = own.get("certificate").isPresent() || own.get("key").isPresent();
    Optional<Identity> identity = ownPair ? reader.read(own, path) : reader.read(forAll, "network");
    return new Network(proxy, authorities, identity);
  }

  /** A secret that goes into a header, where a line end would be another header. */
  private Optional<Secret> header(Mapping node, String key, String path) {
    Optional<Secret> secret = secret(node, key, path);
    boolean fits =
        secret.map(s -> s.reveal().chars().allMatch(c -> c >= ' ' && c < 0x7f)).orElse(true);
    if (!fits) {
      problem(node, key, path, "a secret of one line in ASCII");
      return Optional.empty();
    }
    return secret;
  }

  private Optional<Secret> secret(Mapping node, String key, String path) {
    Optional<String> reference = node.text(key).filter(Kind.SECRET::accepts);
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    return switch (secrets.find(reference.get())) {
      case Secrets.Found.Value(Secret secret) -> Optional.of(secret);
      case Secrets.Found.Missing(String expected) -> {
        problem(node, key, path, expected);
        yield Optional.empty();
      }
    };
  }

  private void problem(Mapping node, String key, String path, String expected) {
    int line = node.get(key).map(YamlNode::line).orElse(node.line());
    problems.add(new ConfigProblem(line, path + "." + key, node.text(key).orElse(""), expected));
  }
}
