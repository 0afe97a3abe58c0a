package dev.ockham.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDv7s (RFC 9562) that grow within a process even when the clock stands still or steps
 * back: 48 bits of milliseconds, 12 bits of their fraction, 16 bits that name the node, 46 random
 * bits. Thread-safe.
 */
public final class Ids {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int NODE_SHIFT = 46;
  private static final int TEXT_LENGTH = 36;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final long node;
  private long last;

  /**
   * @param random need not be thread-safe
   * @param node names this data folder; its low 16 bits count
   */
  public Ids(InstantSource clock, RandomGenerator random, int node) {
    this.clock = clock;
    this.random = random;
    this.node = node & 0xFFFFL;
  }

  public RequestId nextRequest() {
    return new RequestId(next());
  }

  public AttemptId nextAttempt() {
    return new AttemptId(next());
  }

  /** The smallest id that could have been made at this instant: a bound for looking up by time. */
  public static UUID earliestAt(Instant at) {
    return of(ticks(at), 0);
  }

  /** When an id was made, to the microsecond. */
  public static Instant madeAt(UUID id) {
    long high = id.getMostSignificantBits();
    long fraction = ((high & 0xFFFL) * 1000) >>> 12;
    return Micros.toInstant((high >>> 16) * 1000 + fraction);
  }

  private synchronized UUID next() {
    long now = ticks(clock.instant());
    last = Math.max(now, last + 1);
    return of(last, (node << NODE_SHIFT) | (random.nextLong() >>> (Long.SIZE - NODE_SHIFT)));
  }

  /** Time in units of 1/4096 ms, which fills the 60 bits before the node. */
  private static long ticks(Instant at) {
    long micros = Micros.of(at);
    return ((micros / 1000) << 12) | (((micros % 1000) << 12) / 1000);
  }

  private static UUID of(long ticks, long low) {
    long high = ((ticks >>> 12) << 16) | VERSION_7 | (ticks & 0xFFFL);
    return new UUID(high, VARIANT | low);
  }

  static Optional<UUID> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  /** In the order of their bytes, which is the order of time. {@code UUID.compareTo} is signed. */
  static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
