package dev.ockham.provider;

import java.time.Duration;

/**
 * How long to wait for a provider, besides each endpoint's own deadline for the whole call.
 *
 * @param connect for a connection, its place in the queue included
 * @param firstByte for the head of a streamed reply; a whole reply may take the whole call
 * @param idle between two pieces of a reply
 * @param heartbeat after so long without a piece a streaming client is told that we are still here
 */
public record Patience(Duration connect, Duration firstByte, Duration idle, Duration heartbeat) {
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          Duration.ofSeconds(15));
}
