package dev.ockham.provider;

import dev.ockham.chat.Dialect;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's reply says before its body that a client may be told.
 *
 * @param providerRequestId the provider's own name for the call
 */
public record ReplyHead(Optional<String> providerRequestId) {
  public static final ReplyHead NONE = new ReplyHead(Optional.empty());
  private static final int MAX_LENGTH = 200;

  static ReplyHead of(@Nullable HttpClientResponse head, Dialect upstream) {
    return new ReplyHead(
        text(head, upstream == Dialect.ANTHROPIC_MESSAGES ? "request-id" : "x-request-id"));
  }

  /** A header that may be told on: one that is short and printable ASCII, or none. */
  static Optional<String> text(@Nullable HttpClientResponse head, CharSequence name) {
    return Optional.ofNullable(head == null ? null : head.getHeader(name))
        .filter(value -> value.length() <= MAX_LENGTH)
        .filter(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7f));
  }
}
