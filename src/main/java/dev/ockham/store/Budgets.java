package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Accounts;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.ledger.Micros;
import dev.ockham.policy.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

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
      accounts.put(budget, SqlCheckpoint.of(connection));
    });
  }

  /** False if there is none. */
  public CompletionStage<Boolean> remove(String organisation, Scope scope, Budget.Period period) {
    return writer.submit(connection -> {
      String sql = "DELETE FROM budget WHERE organisation = ? AND scope = ? AND period = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, organisation);
        delete.setString(2, scope.toString());
        delete.setString(3, period.wireName());
        delete.executeUpdate();
      }
      return accounts.remove(organisation, scope, period);
    });
  }

  static List<Budget> load(Connection connection) throws SQLException {
    List<Budget> budgets = new ArrayList<>();
    String sql = "SELECT organisation, scope, limit_picos, period, zone FROM budget";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        budgets.add(
            new Budget(
                rows.getString(1),
                Scope.parse(rows.getString(2)),
                new Money(rows.getLong(3)),
                Budget.Period.valueOf(rows.getString(4).toUpperCase(Locale.ROOT)),
                ZoneId.of(rows.getString(5))));
      }
    }
    return budgets;
  }

  private void insert(Connection connection, Budget budget) throws SQLException {
    String sql =
        "INSERT OR REPLACE INTO budget (organisation, scope, period, limit_picos, zone, created)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      row.setString(1, budget.organisation());
      row.setString(2, budget.scope().toString());
      row.setString(3, budget.period().wireName());
      row.setLong(4, budget.limit().picos());
      row.setString(5, budget.zone().getId());
      row.setLong(6, Micros.of(clock.instant()));
      row.executeUpdate();
    }
  }
}
