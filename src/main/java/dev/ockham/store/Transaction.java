package dev.ockham.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Several writes that happen together or not at all. */
final class Transaction {
  private Transaction() {}

  interface Writes {
    void run() throws SQLException;
  }

  static void run(Connection connection, Writes writes) throws SQLException {
    connection.setAutoCommit(false);
    try {
      writes.run();
      connection.commit();
    } catch (SQLException | RuntimeException failed) {
      connection.rollback();
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
