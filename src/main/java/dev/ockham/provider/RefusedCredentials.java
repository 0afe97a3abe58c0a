package dev.ockham.provider;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Keyring;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Credentials that a provider did not accept. They are not shown again until they change; but since
 * a provider may err, one call sees after a while whether it still does not. Safe for threads.
 */
final class RefusedCredentials {
  static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private final Supplier<Keyring> keyring;
  private final Map<String, Refused> refused = new ConcurrentHashMap<>();

  private record Refused(Access access, long since) {}

  RefusedCredentials(Supplier<Keyring> keyring) {
    this.keyring = keyring;
  }

  /**
   * @param what the provider, or one of its models
   * @param provider whose credential it is
   */
  void add(String what, String provider, long now) {
    refused.put(what, new Refused(keyring.get().to(provider), now));
  }

  void accepted(String what) {
    if (!refused.isEmpty()) {
      refused.remove(what);
    }
  }

  /** Nanoseconds until it may be shown; zero where it may be now. */
  long untilShown(String what, String provider, long now) {
    if (refused.isEmpty()) {
      return 0;
    }
    Refused known = refused.get(what);
    if (known == null) {
      return 0;
    }
    if (!known.access.equals(keyring.get().to(provider))) {
      refused.remove(what, known);
      return 0;
    }
    return Math.max(0, known.since + LOOK_AGAIN.toNanos() - now);
  }

  /** After a while the first who asks is let through, and nobody else for as long again. */
  boolean mayShow(String what, String provider, long now) {
    if (untilShown(what, provider, now) > 0) {
      return false;
    }
    Refused known = refused.get(what);
    return known == null || refused.replace(what, known, new Refused(known.access, now));
  }
}
