package dev.ockham.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * Everything secret that a gateway holds, as one immutable snapshot. When a file changes, a new one
 * is made and swapped whole.
 *
 * @param access by {@link Endpoint#name}
 * @param former endpoints that a reload has changed or taken out, which requests under way may
 *     still call: an address never gets a credential that was given for another
 * @param server what clients see the gateway as; empty where it speaks without TLS
 */
public record Keyring(
    Map<String, Access> access, Map<Endpoint, Access> former, Optional<Identity> server) {
  public static final Keyring EMPTY = new Keyring(Map.of(), Optional.empty());

  public Keyring {
    access = Map.copyOf(access);
    former = Map.copyOf(former);
  }

  public Keyring(Map<String, Access> access, Optional<Identity> server) {
    this(access, Map.of(), server);
  }

  /** The same, that still knows how these were reached. */
  public Keyring withFormer(Map<Endpoint, Access> others) {
    return new Keyring(access, others, server);
  }

  /** How an endpoint is reached, of the settings in force or those before. */
  public Access to(Endpoint endpoint) {
    Access before = former.get(endpoint);
    return before == null ? to(endpoint.name()) : before;
  }

  /** How an endpoint is reached; one that nothing is known of is open. */
  public Access to(String endpoint) {
    return access.getOrDefault(endpoint, Access.OPEN);
  }
}
