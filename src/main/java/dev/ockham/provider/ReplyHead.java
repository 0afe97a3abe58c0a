package dev.ockham.provider;

import java.util.Optional;

/**
 * What a provider's reply says before its body that a client may be told.
 *
 * @param providerRequestId the provider's own name for the call
 */
public record ReplyHead(Optional<String> providerRequestId) {
  public static final ReplyHead NONE = new ReplyHead(Optional.empty());
}
