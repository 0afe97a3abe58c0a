package dev.ockham.store;

import dev.ockham.ledger.Micros;
import dev.ockham.ledger.RequestId;
import dev.ockham.store.BatchItem.End;
import dev.ockham.store.StoredBatch.Counts;
import dev.ockham.store.StoredBatch.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Batches as their clients see them, each for the key that made it. */
public final class Batches {
  private static final String COLUMNS =
      "SELECT id, endpoint, input, metadata, status, created, due, expires, cancelled, ended, errors"
          + " FROM batch WHERE organisation = ? AND api_key = ? AND expires > ?";
  private static final byte[] NONE = {};

  private final Writer writer;
  private final Readers readers;
  private final InstantSource clock;

  Batches(Writer writer, Readers readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /** Keeps a batch with all its items, or nothing of it. */
  public CompletionStage<Void> create(StoredBatch batch, List<BatchItem.Waiting> items) {
    return writer.submitErrand(connection ->
        Transaction.run(
            connection,
            () -> {
              insert(connection, batch);
              insert(connection, items);
            }));
  }

  public CompletionStage<Optional<StoredBatch>> find(String organisation, String keyId, String id) {
    return readers.ask(connection ->
        batches(connection, COLUMNS + " AND id = ?", List.of(organisation, keyId), id).stream()
            .findFirst());
  }

  /**
   * Newest first.
   *
   * @param anthropic whether those of Anthropic's dialect are asked for, or those of OpenAI's
   * @param after the last of the page before; empty for the first page
   */
  public CompletionStage<List<StoredBatch>> list(
      List<String> owner, boolean anthropic, String after, int most) {
    String sql =
        COLUMNS
            + (after.isEmpty() ? " AND id <> ?" : " AND id < ?")
            + " AND endpoint "
            + (anthropic ? "=" : "<>")
            + " '/v1/messages' ORDER BY id DESC LIMIT "
            + most;
    return readers.ask(connection -> batches(connection, sql, owner, after));
  }

  /** Stops what has not begun. Gives the batch as it is then. */
  public CompletionStage<Optional<StoredBatch>> cancel(
      String organisation, String keyId, String id) {
    return writer.submit(connection -> {
      List<String> owner = List.of(organisation, keyId);
      Optional<StoredBatch> found =
          batches(connection, COLUMNS + " AND id = ?", owner, id).stream().findFirst();
      if (found.isEmpty() || found.get().status() != Status.IN_PROGRESS) {
        return found;
      }
      Transaction.run(
          connection,
          () -> {
            update(
                connection,
                "UPDATE batch SET status = 'cancelling', cancelled = ? WHERE id = ?",
                id);
            cancelWaiting(connection, id);
          });
      return batches(connection, COLUMNS + " AND id = ?", owner, id).stream().findFirst();
    });
  }

  private static void cancelWaiting(Connection connection, String id) throws SQLException {
    String sql =
        "UPDATE batch_item SET state = 'canceled', body = NULL WHERE batch = ? AND state = 'waiting'";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, id);
      update.executeUpdate();
    }
  }

  private void update(Connection connection, String sql, String id) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, Micros.of(clock.instant()));
      update.setString(2, id);
      update.executeUpdate();
    }
  }

  /** Whether there was such a batch that has ended; it is gone with all its items. */
  public CompletionStage<Boolean> forget(String organisation, String keyId, String id) {
    return writer.submit(connection -> {
      String sql =
          "SELECT 1 FROM batch WHERE organisation = ? AND api_key = ? AND id = ?"
              + " AND status IN ('ended', 'failed')";
      try (PreparedStatement ask = connection.prepareStatement(sql)) {
        ask.setString(1, organisation);
        ask.setString(2, keyId);
        ask.setString(3, id);
        try (ResultSet rows = ask.executeQuery()) {
          if (!rows.next()) {
            return false;
          }
        }
      }
      Transaction.run(connection, () -> OldBatches.forget(connection, List.of(id)));
      return true;
    });
  }

  /**
   * Items that are over, in the order they were given.
   *
   * @param after the number of the last one of the page before; -1 for the first page
   */
  public CompletionStage<List<BatchItem.Result>> results(String batch, int after, int most) {
    String sql =
        "SELECT number, custom_id, state, status, answer, request FROM batch_item WHERE batch = ?"
            + " AND number > ? AND state IN ('succeeded', 'errored', 'canceled', 'expired')"
            + " ORDER BY number LIMIT ?";
    return readers.ask(connection -> {
      try (PreparedStatement ask = connection.prepareStatement(sql)) {
        ask.setString(1, batch);
        ask.setInt(2, after);
        ask.setInt(3, most);
        var results = new ArrayList<BatchItem.Result>();
        try (ResultSet rows = ask.executeQuery()) {
          while (rows.next()) {
            byte[] answer = rows.getBytes(5);
            results.add(
                new BatchItem.Result(
                    new BatchItem.Key(batch, rows.getInt(1)),
                    rows.getString(2),
                    Optional.ofNullable(rows.getBytes(6))
                        .map(request -> new RequestId(Blobs.uuid(request))),
                    End.valueOf(rows.getString(3).toUpperCase(Locale.ROOT)),
                    rows.getInt(4),
                    answer == null ? NONE : answer));
          }
        }
        return results;
      }
    });
  }

  private static void insert(Connection connection, StoredBatch batch) throws SQLException {
    String sql = "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, batch.id());
      insert.setString(2, batch.organisation());
      insert.setString(3, batch.keyId());
      insert.setString(4, batch.endpoint());
      insert.setString(5, batch.input());
      insert.setString(6, batch.metadata());
      insert.setString(7, batch.status().name().toLowerCase(Locale.ROOT));
      insert.setLong(8, Micros.of(batch.created()));
      insert.setLong(9, Micros.of(batch.due()));
      insert.setLong(10, Micros.of(batch.expires()));
      insert.setObject(11, batch.ended().map(Micros::of).orElse(null));
      insert.setString(12, batch.errors());
      insert.executeUpdate();
    }
  }

  private static void insert(Connection connection, List<BatchItem.Waiting> items)
      throws SQLException {
    String sql =
        "INSERT INTO batch_item (batch, number, custom_id, state, body)"
            + " VALUES (?, ?, ?, 'waiting', ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (BatchItem.Waiting item : items) {
        insert.setString(1, item.key().batch());
        insert.setInt(2, item.key().number());
        insert.setString(3, item.customId());
        insert.setBytes(4, item.body());
        insert.executeUpdate();
      }
    }
  }

  private List<StoredBatch> batches(
      Connection connection, String sql, List<String> owner, String id) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, owner.getFirst());
      ask.setString(2, owner.getLast());
      ask.setLong(3, Micros.of(clock.instant()));
      ask.setString(4, id);
      var batches = new ArrayList<StoredBatch>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          batches.add(
              new StoredBatch(
                  rows.getString(1),
                  owner.getFirst(),
                  owner.getLast(),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  Status.valueOf(rows.getString(5).toUpperCase(Locale.ROOT)),
                  Micros.toInstant(rows.getLong(6)),
                  Micros.toInstant(rows.getLong(7)),
                  Micros.toInstant(rows.getLong(8)),
                  SqlCheckpoint.instant(rows, 9),
                  SqlCheckpoint.instant(rows, 10),
                  rows.getString(11),
                  counts(connection, rows.getString(1))));
        }
      }
      return batches;
    }
  }

  private static Counts counts(Connection connection, String batch) throws SQLException {
    String sql = "SELECT state, count(*) FROM batch_item WHERE batch = ? GROUP BY state";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, batch);
      Map<String, Long> counts = new HashMap<>();
      long all = 0;
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
          all += rows.getLong(2);
        }
      }
      long succeeded = counts.getOrDefault(End.SUCCEEDED.wireName(), 0L);
      long errored = counts.getOrDefault(End.ERRORED.wireName(), 0L);
      long canceled = counts.getOrDefault(End.CANCELED.wireName(), 0L);
      long expired = counts.getOrDefault(End.EXPIRED.wireName(), 0L);
      long over = succeeded + errored + canceled + expired;
      return new Counts(all - over, succeeded, errored, canceled, expired);
    }
  }
}
