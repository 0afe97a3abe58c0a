package dev.ockham.dialect;

import java.net.URI;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The model a request is written for.
 *
 * @param model what its provider calls it
 * @param maxOutput its longest answer in tokens, asked for where the client set no cap and the
 *     dialect needs one; empty if unknown
 * @param server what answers, where it speaks Chat Completions
 */
public record Target(String model, OptionalLong maxOutput, ChatServer server) {

  /** A model at a server nothing is known of. */
  static Target of(String model, OptionalLong maxOutput) {
    return new Target(model, maxOutput, ChatServer.OTHER);
  }

  /**
   * A target at a provider's address.
   *
   * @param provider the provider's name in the configuration
   */
  public static Target at(String provider, String baseUrl, String model, OptionalLong maxOutput) {
    String host = Objects.requireNonNullElse(URI.create(baseUrl).getHost(), "");
    return new Target(model, maxOutput, ChatServer.of(provider, host));
  }
}
