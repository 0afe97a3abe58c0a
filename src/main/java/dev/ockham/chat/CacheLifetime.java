package dev.ockham.chat;

/** How long a provider is asked to keep a prompt's beginning in its cache. */
public enum CacheLifetime {
  FIVE_MINUTES,
  HOUR
}
