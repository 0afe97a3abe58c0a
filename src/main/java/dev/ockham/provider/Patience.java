package dev.ockham.provider;

import java.time.Duration;

/**
 * How long to wait for a provider, besides each endpoint's own deadline for the whole call.
 *
 * @param connect for a connection, its place in the queue included
 * @param firstByte for the first event of a streamed reply; a whole reply may take the whole call
 * @param idle between two events of a stream, or two pieces of a whole reply; comments that keep a
 *     connection count for nothing. A client that does not read for so long is hung up on
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
