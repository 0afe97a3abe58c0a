package dev.ockham.provider;

import dev.ockham.dialect.Wire;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's reply says before its body that a client may be told.
 *
 * @param providerRequestId the provider's own name for the call
 * @param contentType of what the client is sent
 */
public record ReplyHead(Optional<String> providerRequestId, String contentType) {
  public static final ReplyHead NONE = new ReplyHead(Optional.empty(), "application/json");
  private static final int MAX_LENGTH = 200;

  static ReplyHead of(@Nullable HttpClientResponse head, Wire upstream, String contentType) {
    return new ReplyHead(text(head, upstream.requestIdHeader()), contentType);
  }

  /** A header that may be told on: one that is short and printable ASCII, or none. */
  static Optional<String> text(@Nullable HttpClientResponse head, CharSequence name) {
    return Optional.ofNullable(head == null ? null : head.getHeader(name))
        .filter(value -> value.length() <= MAX_LENGTH)
        .filter(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7f));
  }
}
