package dev.ockham.store;

import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.OpenAttempt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of attempts under way. For the writing thread. */
final class OpenRows implements AutoCloseable {
  private final PreparedStatement insert;
  private final PreparedStatement markDispatched;
  private final PreparedStatement read;
  private final PreparedStatement replace;
  private final PreparedStatement delete;

  OpenRows(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT INTO open_attempt VALUES (?, ?, ?, ?, ?)");
    markDispatched =
        connection.prepareStatement("UPDATE open_attempt SET dispatched = ? WHERE id = ?");
    read = connection.prepareStatement("SELECT hold FROM open_attempt WHERE id = ?");
    replace = connection.prepareStatement("UPDATE open_attempt SET hold = ? WHERE id = ?");
    delete = connection.prepareStatement("DELETE FROM open_attempt WHERE id = ?");
  }

  void write(Batch batch) throws SQLException {
    for (OpenAttempt attempt : batch.opened()) {
      insert(attempt);
    }
    for (Map.Entry<AttemptId, Long> mark : batch.dispatched().entrySet()) {
      markDispatched.setLong(1, mark.getValue());
      markDispatched.setBytes(2, Blobs.of(mark.getKey().value()));
      markDispatched.executeUpdate();
    }
    for (Map.Entry<AttemptId, Long> more : batch.toppedUp().entrySet()) {
      topUp(Blobs.of(more.getKey().value()), more.getValue());
    }
    for (AttemptId attempt : batch.closed()) {
      delete.setBytes(1, Blobs.of(attempt.value()));
      delete.executeUpdate();
    }
  }

  private void insert(OpenAttempt attempt) throws SQLException {
    Hold hold = attempt.hold();
    insert.setBytes(1, Blobs.of(hold.attempt().value()));
    insert.setString(2, hold.organisation());
    insert.setBytes(3, Blobs.of(hold.request().value()));
    if (attempt.dispatchedAt().isPresent()) {
      insert.setLong(4, Micros.of(attempt.dispatchedAt().get()));
    } else {
      insert.setNull(4, Types.BIGINT);
    }
    insert.setBytes(5, attempt.packedHold());
    insert.executeUpdate();
  }

  private void topUp(byte[] id, long added) throws SQLException {
    read.setBytes(1, id);
    byte[] packed;
    try (ResultSet rows = read.executeQuery()) {
      if (!rows.next()) {
        return;
      }
      packed = rows.getBytes(1);
    }
    Hold before = OpenAttempt.unpackHold(packed);
    replace.setBytes(1, new OpenAttempt(before, Optional.empty()).toppedUpBy(added).packedHold());
    replace.setBytes(2, id);
    replace.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : List.of(insert, markDispatched, read, replace, delete)) {
      statement.close();
    }
  }
}
