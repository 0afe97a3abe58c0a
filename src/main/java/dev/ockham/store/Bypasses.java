package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The times in which requests pass the router: what is asked for serves, budgets only watch. Each
 * ends by itself. In force at once, and on disk when what a call gives completes; every one stays
 * in the table, with who began and who ended it.
 */
public final class Bypasses {
  private final Writer writer;
  private volatile Optional<Bypass> last;

  /**
   * @param began who, why and since when
   * @param until it ends then, if nobody ends it before
   */
  public record Bypass(Change began, Instant until) {
    public boolean lastsAt(Instant at) {
      return at.isBefore(until);
    }
  }

  Bypasses(Writer writer, Connection connection) throws SQLException {
    this.writer = writer;
    this.last = load(connection);
  }

  /** The one that lasts at an instant. */
  public Optional<Bypass> at(Instant instant) {
    Optional<Bypass> known = last;
    return known.isEmpty() || known.get().lastsAt(instant) ? known : Optional.empty();
  }

  /** Begins one, in place of one that lasts. */
  public CompletionStage<Void> begin(Bypass bypass) {
    last = Optional.of(bypass);
    return writer.submitErrand(connection -> {
      String sql = "INSERT INTO bypass VALUES (NULL, ?, ?, ?, ?, ?)";
      try (PreparedStatement row = connection.prepareStatement(sql)) {
        row.setString(1, bypass.began().organisation());
        bypass.began().bind(row, 2);
        row.setLong(5, Micros.of(bypass.until()));
        row.executeUpdate();
      }
    });
  }

  /** Ends the one that lasts. */
  public CompletionStage<Void> end(Change ended) {
    last = Optional.empty();
    return writer.submitErrand(connection -> {
      String sql = "INSERT INTO bypass_end VALUES (NULL, ?, ?, ?)";
      try (PreparedStatement row = connection.prepareStatement(sql)) {
        row.setString(1, ended.organisation());
        row.setString(2, ended.author());
        row.setLong(3, Micros.of(ended.at()));
        row.executeUpdate();
      }
    });
  }

  private static Optional<Bypass> load(Connection connection) throws SQLException {
    String sql =
        "SELECT organisation, author, reason, since, until FROM bypass WHERE since >"
            + " coalesce((SELECT max(ended) FROM bypass_end), 0) ORDER BY id DESC LIMIT 1";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      var began =
          new Change(
              rows.getString(1),
              rows.getString(2),
              rows.getString(3),
              Micros.toInstant(rows.getLong(4)));
      return Optional.of(new Bypass(began, Micros.toInstant(rows.getLong(5))));
    }
  }
}
