package dev.ockham.config;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.Identity;
import dev.ockham.catalog.Keyring;
import dev.ockham.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads everything secret that a configuration names, each time as the files say then. Blocks. */
public final class KeyringReader {
  private final Mapping root;
  private final CatalogFile shipped;
  private final Secrets secrets;

  KeyringReader(Mapping root, CatalogFile shipped, Secrets secrets) {
    this.root = root;
    this.shipped = shipped;
    this.secrets = secrets;
  }

  /** What was read, and what of it could not be. */
  record Reading(Keyring keyring, List<ConfigProblem> problems) {}

  Keyring read(List<ConfigProblem> problems) {
    Reading reading = whole(Keyring.EMPTY);
    problems.addAll(reading.problems);
    return reading.keyring;
  }

  /** Nothing where no file has changed since the last reading: to look costs little. */
  Optional<Reading> again(Keyring last) {
    return secrets.changed() ? Optional.of(whole(last)) : Optional.empty();
  }

  /** What cannot be read, or not be used, stays as it was. */
  private Reading whole(Keyring last) {
    var problems = new ArrayList<ConfigProblem>();
    Map<String, Access> access = new HashMap<>();
    Mapping providers = root.section("providers");
    for (String name : new LinkedHashMap<>(providers.entries()).keySet()) {
      var own = new ArrayList<ConfigProblem>();
      var provider = new ProviderNode(name, providers.section(name), shipped);
      Access now = new AccessReader(secrets, root.section("network"), own).read(provider);
      access.put(name, own.isEmpty() ? now : last.to(name));
      problems.addAll(own);
    }
    var own = new ArrayList<ConfigProblem>();
    Optional<Identity> server =
        new IdentityReader(secrets, own).read(root.section("server").section("tls"), "server.tls");
    problems.addAll(own);
    var distinct = problems.stream().distinct().toList();
    var now = new Keyring(access, last.former(), own.isEmpty() ? server : last.server());
    return new Reading(now, distinct);
  }
}
