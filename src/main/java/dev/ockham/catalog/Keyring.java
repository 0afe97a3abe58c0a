package dev.ockham.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * Everything secret that a gateway holds, as one immutable snapshot. When a file changes, a new one
 * is made and swapped whole.
 *
 * @param access by {@link Endpoint#name}
 * @param server what clients see the gateway as; empty where it speaks without TLS
 */
public record Keyring(Map<String, Access> access, Optional<Identity> server) {
  public static final Keyring EMPTY = new Keyring(Map.of(), Optional.empty());

  public Keyring {
    access = Map.copyOf(access);
  }

  /** How an endpoint is reached; one that nothing is known of is open. */
  public Access to(String endpoint) {
    return access.getOrDefault(endpoint, Access.OPEN);
  }
}
