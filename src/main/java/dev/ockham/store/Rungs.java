package dev.ockham.store;

import dev.ockham.ledger.Micros;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How far routes were let go while the gateway ran, scope by scope. In force at once, and on disk
 * when what a call gives completes; every change stays in the table.
 */
public final class Rungs {
  private final Writer writer;
  private final Map<String, Setting> byScope = new HashMap<>();

  /**
   * @param insteadOf what the file said of the scope then; once it says something else, it counts
   */
  public record Setting(String scope, Rung rung, String insteadOf, Change change) {}

  Rungs(Writer writer, Connection connection) throws SQLException {
    this.writer = writer;
    load(connection);
  }

  /** The last setting of each scope. */
  public synchronized Map<String, Setting> all() {
    return Map.copyOf(byScope);
  }

  public synchronized CompletionStage<Void> set(Setting setting) {
    byScope.put(setting.scope(), setting);
    return writer.submitErrand(connection -> {
      String sql = "INSERT INTO rung VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
      try (PreparedStatement row = connection.prepareStatement(sql)) {
        row.setString(1, setting.change().organisation());
        row.setString(2, setting.scope());
        row.setString(3, setting.rung().mode().wireName());
        row.setInt(4, setting.rung().canary());
        row.setInt(5, setting.rung().holdout());
        row.setString(6, setting.insteadOf());
        setting.change().bind(row, 7);
        row.executeUpdate();
      }
    });
  }

  private void load(Connection connection) throws SQLException {
    String sql =
        "SELECT scope, mode, canary, holdout, instead_of, organisation, author, note, created"
            + " FROM rung ORDER BY id";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        Mode mode = Mode.valueOf(rows.getString(2).toUpperCase(Locale.ROOT));
        var change =
            new Change(
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                Micros.toInstant(rows.getLong(9)));
        var rung = new Rung(mode, rows.getInt(3), rows.getInt(4));
        byScope.put(
            rows.getString(1), new Setting(rows.getString(1), rung, rows.getString(5), change));
      }
    }
  }
}
