package dev.ockham.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * How an endpoint is reached, and what it is told besides a request: all of it ours, none of it a
 * client's.
 *
 * @param headers by lower-case name, sent with every call
 * @param apiVersion asks for the older addresses of Azure, by deployment and version
 */
public record Access(
    Credential credential,
    Network network,
    Map<String, String> headers,
    Optional<String> apiVersion) {
  /** Without a credential, straight. */
  public static final Access OPEN = with(new Credential.None());

  public Access {
    headers = Map.copyOf(headers);
  }

  /** With a credential, straight. */
  public static Access with(Credential credential) {
    return new Access(credential, Network.DIRECT, Map.of(), Optional.empty());
  }
}
