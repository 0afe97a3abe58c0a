package dev.ockham.catalog;

import dev.ockham.chat.Dialect;
import java.time.Duration;

/**
 * A provider's address and language. The address comes from configuration only, never from a
 * request; its credential is kept by {@code provider}, under this name.
 *
 * @param name the provider's name in the configuration
 * @param baseUrl scheme, host, port and path prefix, such as {@code https://api.openai.com/v1}
 * @param deadline how long one call may take in all
 * @param hangUp what is done when a client has left
 */
public record Endpoint(
    String name, Dialect dialect, String baseUrl, Duration deadline, HangUp hangUp) {
  /** One that is hung up on. */
  public Endpoint(String name, Dialect dialect, String baseUrl, Duration deadline) {
    this(name, dialect, baseUrl, deadline, HangUp.CANCEL);
  }
}
