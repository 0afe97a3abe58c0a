package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Forgets batches and their files. */
final class OldBatches {
  private OldBatches() {}

  /** Deletes files and batches whose time has passed; a batch that goes on stays until it ends. */
  static void forgetOld(Connection connection, Instant now) throws SQLException {
    BatchWork.atInstant(connection, "DELETE FROM stored_file WHERE expires <= ?", now);
    var old = new ArrayList<String>();
    String sql = "SELECT id FROM batch WHERE expires <= ? AND status IN ('ended', 'failed')";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setLong(1, Micros.of(now));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          old.add(rows.getString(1));
        }
      }
    }
    if (!old.isEmpty()) {
      Transaction.run(connection, () -> forget(connection, old));
    }
  }

  static void forget(Connection connection, List<String> batches) throws SQLException {
    for (String table :
        List.of("batch_item WHERE batch", "provider_batch WHERE batch", "batch WHERE id")) {
      BatchWork.update(
          connection,
          "DELETE FROM " + table + " = ?",
          batches,
          (statement, id) -> statement.setString(1, id));
    }
  }
}
