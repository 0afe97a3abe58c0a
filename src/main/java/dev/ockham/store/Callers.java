package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who has called a model: for telling them that it retires. */
final class Callers {
  private static final int MOST = 200;
  private static final int TIMEOUT_SECONDS = 30;
  private static final String SELECT =
      "SELECT s.scopes, COUNT(*), MAX(a.reserved) FROM attempt a JOIN offer o ON o.id = a.offer"
          + " JOIN scope_set s ON s.id = a.scope_set"
          + " WHERE o.model = ? AND a.request >= ? AND a.reserved >= ?"
          + " GROUP BY s.id ORDER BY COUNT(*) DESC LIMIT "
          + MOST;

  private Callers() {}

  static List<ModelCaller> of(Connection connection, String model, Instant since)
      throws SQLException {
    var callers = new ArrayList<ModelCaller>();
    try (PreparedStatement ask = connection.prepareStatement(SELECT)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      ask.setString(1, model);
      ask.setBytes(2, Blobs.begin(since));
      ask.setLong(3, Micros.of(since));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          callers.add(
              new ModelCaller(
                  List.of(rows.getString(1).split("\n", -1)),
                  rows.getLong(2),
                  Micros.toInstant(rows.getLong(3))));
        }
      }
    }
    return callers;
  }
}
