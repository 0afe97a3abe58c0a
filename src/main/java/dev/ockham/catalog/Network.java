package dev.ockham.catalog;

import java.util.Optional;

/**
 * The way to a provider through a company's network.
 *
 * @param proxy who passes connections on; none is asked for addresses of this machine
 * @param authorities certificate authorities in PEM that are trusted besides the system's
 * @param identity shown to providers who ask for a client's certificate
 */
public record Network(
    Optional<Proxy> proxy, Optional<String> authorities, Optional<Identity> identity) {
  /** Straight to the provider, by the system's trust. */
  public static final Network DIRECT =
      new Network(Optional.empty(), Optional.empty(), Optional.empty());

  /** An HTTP proxy, with a name and password where it wants them. */
  public record Proxy(String host, int port, Optional<Secret> user, Optional<Secret> password) {}
}
