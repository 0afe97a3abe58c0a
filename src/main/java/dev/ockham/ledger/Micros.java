package dev.ockham.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants and durations as they are stored: whole microseconds, instants since 1970 in UTC. */
public final class Micros {
  private static final long PER_SECOND = 1_000_000L;

  private Micros() {}

  public static long of(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  public static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
  }

  public static long of(Duration duration) {
    return duration.toNanos() / 1000;
  }

  public static Duration toDuration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
