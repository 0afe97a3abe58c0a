package dev.ockham.chat;

/** How urgently a provider is asked to serve, which it prices differently. */
public enum ServiceTier {
  /** The provider chooses. */
  AUTO,
  STANDARD,
  /** Cheaper, and may wait. */
  FLEX,
  /** Dearer, and served first. */
  PRIORITY
}
