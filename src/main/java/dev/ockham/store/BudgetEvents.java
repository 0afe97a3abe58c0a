package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.Threshold;
import dev.ockham.policy.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares of limits that were reached, each kept and logged once in a period. For the writing
 * thread.
 */
final class BudgetEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetEvents.class);
  private static final long PICOS_PER_NANO = 1000;

  private final PreparedStatement insert;
  private final List<Entry.Reached> unsaid = new ArrayList<>();

  BudgetEvents(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO budget_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void write(List<Entry.Reached> events) throws SQLException {
    unsaid.clear();
    for (Entry.Reached event : events) {
      insert.setString(1, event.organisation());
      insert.setString(2, event.scope().toString());
      insert.setString(3, event.period().wireName());
      insert.setLong(4, Micros.of(event.since()));
      insert.setInt(5, event.threshold().percent());
      insert.setString(6, event.threshold().action().wireName());
      insert.setLong(7, Micros.of(event.at()));
      insert.setLong(8, event.spent());
      insert.setLong(9, event.limit());
      if (insert.executeUpdate() > 0) {
        unsaid.add(event);
      }
    }
  }

  /** To be called once they are committed. */
  void say() {
    for (Entry.Reached event : unsaid) {
      LOG.warn(
          "the budget of {} per {} has reached {} % of {}: {}",
          event.scope(),
          event.period().wireName(),
          event.threshold().percent(),
          dollars(event.limit()),
          event.threshold().action().wireName());
    }
    unsaid.clear();
  }

  /** The latest ones, newest first. */
  static List<Entry.Reached> latest(Connection connection, String organisation, int most)
      throws SQLException {
    String sql =
        "SELECT scope, period, since, percent, action, at, spent_nanos, limit_nanos"
            + " FROM budget_event WHERE organisation = ? ORDER BY at DESC LIMIT ?";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, organisation);
      ask.setInt(2, most);
      List<Entry.Reached> events = new ArrayList<>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          events.add(
              new Entry.Reached(
                  organisation,
                  Scope.parse(rows.getString(1)),
                  Budget.Period.parse(rows.getString(2)),
                  Micros.toInstant(rows.getLong(3)),
                  Threshold.parse(rows.getInt(4) + ":" + rows.getString(5)),
                  Micros.toInstant(rows.getLong(6)),
                  rows.getLong(7),
                  rows.getLong(8)));
        }
      }
      return events;
    }
  }

  private static Money dollars(long nanos) {
    return new Money(Math.multiplyExact(nanos, PICOS_PER_NANO));
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
