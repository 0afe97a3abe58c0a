package dev.ockham.store;

import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Checkpoint;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.ledger.Position;
import dev.ockham.policy.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The books as they stand in the database, for the thread that writes it. */
final class SqlCheckpoint implements Checkpoint {
  private static final long QUARTER_MICROS = 15L * 60 * 1_000_000;

  private final Connection connection;
  private final Position position;
  private final long latestMicros;

  private SqlCheckpoint(Connection connection, Position position, long latestMicros) {
    this.connection = connection;
    this.position = position;
    this.latestMicros = latestMicros;
  }

  static SqlCheckpoint of(Connection connection) throws SQLException {
    try (PreparedStatement ask =
            connection.prepareStatement("SELECT sequence, latest FROM position");
        ResultSet rows = ask.executeQuery()) {
      rows.next();
      return new SqlCheckpoint(connection, new Position(rows.getLong(1)), rows.getLong(2));
    }
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public long latestMicros() {
    return latestMicros;
  }

  @Override
  public List<OpenAttempt> open() {
    List<OpenAttempt> open = new ArrayList<>();
    try (PreparedStatement ask =
            connection.prepareStatement("SELECT hold, dispatched FROM open_attempt ORDER BY id");
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        open.add(openAttempt(rows.getBytes(1), instant(rows, 2)));
      }
    } catch (SQLException failed) {
      throw new StoreFailure("reading open attempts", failed);
    }
    return open;
  }

  @Override
  public Set<AttemptId> goingOn() {
    try {
      return BatchWork.goingOn(connection);
    } catch (SQLException failed) {
      throw new StoreFailure("reading the items of batches", failed);
    }
  }

  static OpenAttempt openAttempt(byte[] hold, Optional<Instant> dispatched) {
    return new OpenAttempt(OpenAttempt.unpackHold(hold), dispatched);
  }

  static Optional<Instant> instant(ResultSet rows, int column) throws SQLException {
    long micros = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }

  @Override
  public Map<Scope, Long> spent(String organisation, Scope scope, Budget.Span span) {
    // The sign after a colon: what is between the two begins with the kind.
    String from = scope.isEach() ? scope.kind().wireName() + ":" : scope.toString();
    String until = scope.isEach() ? scope.kind().wireName() + ";" : scope.toString();
    String sql =
        "SELECT m.scope, sum(s.posted_nanos) FROM scope_member m JOIN spend s USING (scope_set)"
            + " WHERE m.organisation = ? AND m.scope >= ? AND m.scope <= ?"
            + " AND s.quarter >= ? AND s.quarter < ? GROUP BY m.scope";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, organisation);
      ask.setString(2, from);
      ask.setString(3, until);
      ask.setLong(4, Micros.of(span.from()) / QUARTER_MICROS);
      ask.setLong(
          5, span.until().map(end -> Micros.of(end) / QUARTER_MICROS).orElse(Long.MAX_VALUE));
      Map<Scope, Long> sums = new HashMap<>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          sums.put(Scope.parse(rows.getString(1)), rows.getLong(2));
        }
      }
      return sums;
    } catch (SQLException failed) {
      throw new StoreFailure("summing up the spending of " + scope, failed);
    }
  }

  @Override
  public List<PastCost> latestCosts(int most) {
    String sql =
        "SELECT a.organisation, o.model, s.scopes, a.posted_nanos, a.held_nanos FROM attempt a"
            + " JOIN offer o ON o.id = a.offer JOIN scope_set s ON s.id = a.scope_set"
            + " WHERE a.basis = 'reported' AND a.posted_nanos IS NOT NULL"
            + " ORDER BY a.request DESC LIMIT ?";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setInt(1, most);
      List<PastCost> costs = new ArrayList<>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          costs.add(
              new PastCost(
                  rows.getString(1),
                  rows.getString(2),
                  key(rows.getString(3)),
                  rows.getLong(4),
                  rows.getLong(5)));
        }
      }
      return costs.reversed();
    } catch (SQLException failed) {
      throw new StoreFailure("reading what calls cost", failed);
    }
  }

  private static String key(String scopes) {
    return scopes
        .lines()
        .map(Scope::parse)
        .filter(scope -> scope.kind() == Scope.Kind.KEY)
        .map(Scope::name)
        .findFirst()
        .orElse("");
  }
}
