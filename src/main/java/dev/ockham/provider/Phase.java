package dev.ockham.provider;

/** How far an {@link Attempt} is. */
enum Phase {
  CONNECTING,
  WAITING,
  REPLYING,
  /** The client has its answer; the provider has not ended its reply yet. */
  LINGERING,
  OVER
}
