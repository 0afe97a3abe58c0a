package dev.ockham.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The SQLite file and its format. Migrations are the numbered files beside this class, applied in
 * order, each in a transaction with the format's number ({@code user_version}).
 */
final class Database {
  static final int FORMAT = 8;
  private static final int BUSY_MILLIS = 10_000;
  private static final int CHECKPOINT_PAGES = 4_000;

  private final Path file;

  Database(Path file) {
    this.file = file;
  }

  /** For the one thread that writes. */
  Connection openWriter() throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-16_000);
    // Otherwise every insert asks for the last row id, which costs a third of the drain.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      statement.execute("PRAGMA secure_delete = ON");
    }
    return connection;
  }

  Connection openReader() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  static int format(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /** Brings a database of an older format, or an empty one, to {@link #FORMAT}. */
  static void migrate(Connection connection) throws SQLException, IOException {
    for (int next = format(connection) + 1; next <= FORMAT; next++) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(script(next));
        statement.executeUpdate("PRAGMA user_version = " + next);
        connection.commit();
      } catch (SQLException | IOException failed) {
        connection.rollback();
        throw failed;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static String script(int number) throws IOException {
    try (InputStream in = Database.class.getResourceAsStream(number + ".sql")) {
      if (in == null) {
        throw new IOException("migration " + number + ".sql is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
