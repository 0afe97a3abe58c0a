package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Files that clients have uploaded for batches, each for the key that did. */
public final class BatchFiles {
  private static final byte[] NONE = {};

  /** Of one key. */
  private static final long MOST_BYTES = 1L << 30;

  private static final String COLUMNS =
      "SELECT id, name, created, expires, length(content), %s FROM stored_file"
          + " WHERE organisation = ? AND api_key = ? AND expires > ?";

  private final Writer writer;
  private final Readers readers;
  private final InstantSource clock;

  BatchFiles(Writer writer, Readers readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /** False where the key has so many bytes of files that this one would be too much. */
  public CompletionStage<Boolean> keep(StoredFile file) {
    return writer.submit(connection -> {
      if (bytes(connection, file) + file.length() > MOST_BYTES) {
        return false;
      }
      String sql = "INSERT INTO stored_file VALUES (?, ?, ?, ?, ?, ?, ?)";
      try (PreparedStatement insert = connection.prepareStatement(sql)) {
        insert.setString(1, file.organisation());
        insert.setString(2, file.keyId());
        insert.setString(3, file.id());
        insert.setString(4, file.name());
        insert.setLong(5, Micros.of(file.created()));
        insert.setLong(6, Micros.of(file.expires()));
        insert.setBytes(7, file.content());
        insert.executeUpdate();
        return true;
      }
    });
  }

  private static long bytes(Connection connection, StoredFile file) throws SQLException {
    String sql =
        "SELECT coalesce(sum(length(content)), 0) FROM stored_file"
            + " WHERE organisation = ? AND api_key = ?";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, file.organisation());
      ask.setString(2, file.keyId());
      try (ResultSet rows = ask.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** With its content. */
  public CompletionStage<Optional<StoredFile>> find(String organisation, String keyId, String id) {
    String sql = COLUMNS.formatted("content") + " AND id = ?";
    return readers.ask(connection ->
        files(connection, sql, organisation, keyId, Optional.of(id)).stream().findFirst());
  }

  /** Newest first, without content. */
  public CompletionStage<List<StoredFile>> list(String organisation, String keyId, int most) {
    String sql = COLUMNS.formatted("NULL") + " ORDER BY created DESC LIMIT " + most;
    return readers.ask(connection -> files(connection, sql, organisation, keyId, Optional.empty()));
  }

  /** Whether there was such a file of this key; it is gone. */
  public CompletionStage<Boolean> forget(String organisation, String keyId, String id) {
    return writer.submit(connection -> {
      String sql = "DELETE FROM stored_file WHERE organisation = ? AND api_key = ? AND id = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, organisation);
        delete.setString(2, keyId);
        delete.setString(3, id);
        return delete.executeUpdate() > 0;
      }
    });
  }

  private List<StoredFile> files(
      Connection connection, String sql, String organisation, String keyId, Optional<String> id)
      throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, organisation);
      ask.setString(2, keyId);
      ask.setLong(3, Micros.of(clock.instant()));
      if (id.isPresent()) {
        ask.setString(4, id.get());
      }
      var files = new ArrayList<StoredFile>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          byte[] content = rows.getBytes(6);
          files.add(
              new StoredFile(
                  organisation,
                  keyId,
                  rows.getString(1),
                  rows.getString(2),
                  Micros.toInstant(rows.getLong(3)),
                  Micros.toInstant(rows.getLong(4)),
                  rows.getLong(5),
                  content == null ? NONE : content));
        }
      }
      return files;
    }
  }
}
