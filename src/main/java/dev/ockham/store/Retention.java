package dev.ockham.store;

import dev.ockham.ledger.Ids;
import dev.ockham.ledger.Journal;
import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes feature vectors, kept responses, files and batches whose time has passed, an hour late at
 * most. The journal has them too, so a segment is not written to for longer than an hour either,
 * and goes when it is drained.
 */
final class Retention implements Writer.Chore {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 5_000;

  private final InstantSource clock;
  private final Optional<Duration> kept;
  private final Journal journal;
  private Instant next;

  Retention(InstantSource clock, Optional<Duration> kept, Journal journal) {
    this.clock = clock;
    this.kept = kept;
    this.journal = journal;
    this.next = Instant.MIN;
  }

  @Override
  public void run(Connection connection) throws SQLException {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    boolean first = next.equals(Instant.MIN);
    next = now.plus(EVERY);
    if (!first) {
      journal.rotate();
    }
    forgetResponses(connection, now);
    OldBatches.forgetOld(connection, now);
    Instant oldest = now.minus(kept.orElse(Duration.ZERO));
    String sql =
        "DELETE FROM feature WHERE request IN"
            + " (SELECT request FROM feature WHERE request < ? ORDER BY request LIMIT ?)";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setBytes(1, Blobs.of(Ids.earliestAt(oldest)));
      delete.setInt(2, AT_ONCE);
      while (delete.executeUpdate() == AT_ONCE) {
        // The next ones.
      }
    }
  }

  private static void forgetResponses(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM response WHERE expires <= ?")) {
      delete.setLong(1, Micros.of(now));
      delete.executeUpdate();
    }
  }
}
