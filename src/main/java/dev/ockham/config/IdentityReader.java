package dev.ockham.config;

import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Secret;
import dev.ockham.config.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;

/** Reads certificates and keys from the files that settings name, and checks that they fit. */
final class IdentityReader {
  private final Secrets secrets;
  private final List<ConfigProblem> problems;

  IdentityReader(Secrets secrets, List<ConfigProblem> problems) {
    this.secrets = secrets;
    this.problems = problems;
  }

  /** The pair under {@code certificate} and {@code key}, if both are there. */
  Optional<Identity> read(Mapping node, String path) {
    Optional<YamlNode> certificate = node.get("certificate");
    Optional<YamlNode> key = node.get("key");
    if (certificate.isPresent() != key.isPresent()) {
      String missing = certificate.isPresent() ? "key" : "certificate";
      problems.add(
          new ConfigProblem(node.line(), path + "." + missing, "absent", "it, beside the other"));
      return Optional.empty();
    }
    Optional<String> chain = text(node, "certificate", path);
    Optional<String> secret = text(node, "key", path);
    if (chain.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    var identity = new Identity(chain.get(), new Secret(secret.get()));
    Optional<String> wrong = Pem.wrong(identity);
    wrong.ifPresent(expected -> problem(node, "key", path, expected));
    return wrong.isPresent() ? Optional.empty() : Optional.of(identity);
  }

  /** The certificates under {@code ca}, if it is there. */
  Optional<String> authorities(Mapping node, String path) {
    Optional<String> text = text(node, "ca", path);
    if (text.isPresent() && Pem.certificates(text.get()).isEmpty()) {
      problem(node, "ca", path, "certificates in PEM");
      return Optional.empty();
    }
    return text;
  }

  private Optional<String> text(Mapping node, String key, String path) {
    Optional<String> file = node.text(key).filter(Kind.FILE::accepts);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return switch (secrets.file(file.get())) {
      case Secrets.Found.Value(Secret text) -> Optional.of(text.reveal());
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
