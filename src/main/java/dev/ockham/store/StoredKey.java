package dev.ockham.store;

import dev.ockham.policy.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a key: everything but its secret.
 *
 * @param id the public part of its text
 */
public record StoredKey(
    String id, String name, Caller caller, Instant created, Optional<Instant> revoked) {
  StoredKey revokedAt(Instant at) {
    return new StoredKey(id, name, caller, created, Optional.of(at));
  }
}
