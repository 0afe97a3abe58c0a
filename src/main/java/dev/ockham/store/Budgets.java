package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.ledger.Drift;
import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Increase;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.Mode;
import dev.ockham.ledger.RateLimit;
import dev.ockham.ledger.Threshold;
import dev.ockham.policy.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The budgets in force. */
public final class Budgets {
  private final Writer writer;
  private final Accounts accounts;
  private final InstantSource clock;

  Budgets(Writer writer, Accounts accounts, InstantSource clock) {
    this.writer = writer;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** How each stands now. Never blocks. */
  public List<BudgetStanding> list() {
    return accounts.standings();
  }

  /**
   * Puts a budget in force, in place of one with the same scope and period. It counts what was
   * spent in its period before it existed.
   */
  public CompletionStage<Void> set(Budget budget) {
    return writer.submitErrand(connection -> {
      writer.drainAll();
      insert(connection, budget);
      accounts.put(withIncreases(connection, budget), SqlCheckpoint.of(connection));
    });
  }

  /** Raises a budget for a while. False if there is no such budget. */
  public CompletionStage<Boolean> raise(
      String organisation, Scope scope, Budget.Period period, Increase increase) {
    return writer.submit(connection -> {
      writer.drainAll();
      for (Budget budget : load(connection)) {
        if (budget.organisation().equals(organisation)
            && budget.scope().equals(scope)
            && budget.period() == period) {
          insert(connection, budget, increase);
          accounts.put(withIncreases(connection, budget), SqlCheckpoint.of(connection));
          return true;
        }
      }
      return false;
    });
  }

  private static Budget withIncreases(Connection connection, Budget budget) throws SQLException {
    Budget.Terms terms = budget.terms();
    return budget.with(
        new Budget.Terms(terms.mode(), terms.thresholds(), increases(connection, budget)));
  }

  /** Puts a rate limit in force, in place of one of the same scope and metric. */
  public CompletionStage<Void> set(RateLimit limit) {
    return writer.submitErrand(connection -> {
      String sql = "INSERT OR REPLACE INTO rate_limit VALUES (?, ?, ?, ?)";
      try (PreparedStatement row = connection.prepareStatement(sql)) {
        row.setString(1, limit.organisation());
        row.setString(2, limit.scope().toString());
        row.setString(3, limit.metric().wireName());
        row.setLong(4, limit.perMinute());
        row.executeUpdate();
      }
      accounts.put(limit);
    });
  }

  /** False if there is none. */
  public CompletionStage<Boolean> remove(
      String organisation, Scope scope, RateLimit.Metric metric) {
    return writer.submit(connection -> {
      String sql = "DELETE FROM rate_limit WHERE organisation = ? AND scope = ? AND metric = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, organisation);
        delete.setString(2, scope.toString());
        delete.setString(3, metric.wireName());
        delete.executeUpdate();
      }
      return accounts.remove(organisation, scope, metric);
    });
  }

  /** All of an organisation. */
  public CompletionStage<List<RateLimit>> rateLimits(String organisation) {
    return writer.submit(connection ->
        loadRateLimits(connection).stream()
            .filter(limit -> limit.organisation().equals(organisation))
            .toList());
  }

  /** The latest shares of limits that were reached, newest first. */
  public CompletionStage<List<Entry.Reached>> events(String organisation, int most) {
    return writer.submit(connection -> {
      writer.drainAll();
      return BudgetEvents.latest(connection, organisation, most);
    });
  }

  /**
   * Compares every counter with the ledger and puts right what differs; nothing should ever differ.
   */
  public CompletionStage<List<Drift>> audit() {
    return writer.submit(connection -> {
      writer.drainAll();
      return accounts.audit(SqlCheckpoint.of(connection));
    });
  }

  static List<RateLimit> loadRateLimits(Connection connection) throws SQLException {
    List<RateLimit> limits = new ArrayList<>();
    try (PreparedStatement ask = connection.prepareStatement("SELECT * FROM rate_limit");
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        limits.add(
            new RateLimit(
                rows.getString(1),
                Scope.parse(rows.getString(2)),
                RateLimit.Metric.parse(rows.getString(3)),
                rows.getLong(4)));
      }
    }
    return limits;
  }

  /** False if there is none. */
  public CompletionStage<Boolean> remove(String organisation, Scope scope, Budget.Period period) {
    return writer.submit(connection -> {
      for (String table : List.of("budget", "budget_increase")) {
        String sql =
            "DELETE FROM " + table + " WHERE organisation = ? AND scope = ? AND period = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
          delete.setString(1, organisation);
          delete.setString(2, scope.toString());
          delete.setString(3, period.wireName());
          delete.executeUpdate();
        }
      }
      return accounts.remove(organisation, scope, period);
    });
  }

  static List<Budget> load(Connection connection) throws SQLException {
    List<Budget> budgets = new ArrayList<>();
    String sql = "SELECT organisation, scope, limit_picos, period, zone, mode, actions FROM budget";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        var budget =
            new Budget(
                rows.getString(1),
                Scope.parse(rows.getString(2)),
                new Money(rows.getLong(3)),
                Budget.Period.parse(rows.getString(4)),
                ZoneId.of(rows.getString(5)));
        var terms =
            new Budget.Terms(
                Mode.parse(rows.getString(6)),
                rows.getString(7).lines().map(Threshold::parse).toList(),
                increases(connection, budget));
        budgets.add(budget.with(terms));
      }
    }
    return budgets;
  }

  private void insert(Connection connection, Budget budget) throws SQLException {
    String sql =
        "INSERT OR REPLACE INTO budget (organisation, scope, period, limit_picos, zone, created,"
            + " mode, actions) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      row.setString(1, budget.organisation());
      row.setString(2, budget.scope().toString());
      row.setString(3, budget.period().wireName());
      row.setLong(4, budget.limit().picos());
      row.setString(5, budget.zone().getId());
      row.setLong(6, Micros.of(clock.instant()));
      row.setString(7, budget.terms().mode().wireName());
      row.setString(
          8,
          budget.terms().thresholds().stream()
              .map(Threshold::toString)
              .collect(Collectors.joining("\n")));
      row.executeUpdate();
    }
  }

  private static List<Increase> increases(Connection connection, Budget of) throws SQLException {
    String sql =
        "SELECT amount_picos, from_micros, until_micros, why FROM budget_increase"
            + " WHERE organisation = ? AND scope = ? AND period = ? ORDER BY rowid";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, of.organisation());
      ask.setString(2, of.scope().toString());
      ask.setString(3, of.period().wireName());
      List<Increase> increases = new ArrayList<>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          increases.add(
              new Increase(
                  new Money(rows.getLong(1)),
                  Micros.toInstant(rows.getLong(2)),
                  Micros.toInstant(rows.getLong(3)),
                  rows.getString(4)));
        }
      }
      return increases;
    }
  }

  private static void insert(Connection connection, Budget of, Increase increase)
      throws SQLException {
    String sql = "INSERT INTO budget_increase VALUES (?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      row.setString(1, of.organisation());
      row.setString(2, of.scope().toString());
      row.setString(3, of.period().wireName());
      row.setLong(4, increase.amount().picos());
      row.setLong(5, Micros.of(increase.from()));
      row.setLong(6, Micros.of(increase.until()));
      row.setString(7, increase.why());
      row.executeUpdate();
    }
  }
}
