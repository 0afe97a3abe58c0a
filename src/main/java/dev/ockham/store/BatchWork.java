package dev.ockham.store;

import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.ledger.RequestId;
import dev.ockham.store.BatchItem.End;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Batches as who works on them sees them. Every step of an item is written before the next one is
 * taken, so that a process that dies leaves each item where it can be gone on with: it is answered
 * when its answer is here, and over when the books are closed besides.
 */
public final class BatchWork {
  private static final byte[] NONE = {};
  private static final String OPEN = "('waiting', 'running', 'sent', 'answered')";

  private final Writer writer;

  BatchWork(Writer writer) {
    this.writer = writer;
  }

  /** Some items of one batch that wait, and whose they are. */
  public record Portion(
      String batch,
      String organisation,
      String keyId,
      String endpoint,
      List<BatchItem.Waiting> items) {}

  /** After a death: what was under way alone has to be asked again. */
  public CompletionStage<Void> resume() {
    return run("UPDATE batch_item SET state = 'waiting' WHERE state = 'running'");
  }

  /** The next items to be worked on, of the oldest batch that has some. */
  public CompletionStage<Optional<Portion>> next(int most, Instant now) {
    return writer.submit(connection -> {
      String sql =
          "SELECT id, organisation, api_key, endpoint FROM batch b WHERE status = 'in_progress'"
              + " AND due > ? AND EXISTS (SELECT 1 FROM batch_item WHERE batch = b.id"
              + " AND state = 'waiting') ORDER BY id LIMIT 1";
      try (PreparedStatement ask = connection.prepareStatement(sql)) {
        ask.setLong(1, Micros.of(now));
        try (ResultSet rows = ask.executeQuery()) {
          return rows.next()
              ? Optional.of(
                  new Portion(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getString(4),
                      waiting(connection, rows.getString(1), most)))
              : Optional.empty();
        }
      }
    });
  }

  private static List<BatchItem.Waiting> waiting(Connection connection, String batch, int most)
      throws SQLException {
    String sql =
        "SELECT number, custom_id, body FROM batch_item WHERE batch = ? AND state = 'waiting'"
            + " ORDER BY number LIMIT ?";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, batch);
      ask.setInt(2, most);
      var items = new ArrayList<BatchItem.Waiting>();
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          var key = new BatchItem.Key(batch, rows.getInt(1));
          items.add(new BatchItem.Waiting(key, rows.getString(2), rows.getBytes(3)));
        }
      }
      return items;
    }
  }

  /** Items are under way, each alone. */
  public CompletionStage<Void> begin(List<BatchItem.Key> keys) {
    return each(
        "UPDATE batch_item SET state = 'running' WHERE batch = ? AND number = ?",
        keys,
        (statement, key) -> key(statement, 1, key));
  }

  /** Items that were under way alone have to wait once more. */
  public CompletionStage<Void> defer(List<BatchItem.Key> keys) {
    return each(
        "UPDATE batch_item SET state = 'waiting' WHERE batch = ? AND number = ?"
            + " AND state = 'running'",
        keys,
        (statement, key) -> key(statement, 1, key));
  }

  /** Items are held for and about to be sent as a batch of ours. */
  public CompletionStage<Void> send(ProviderJob job, List<BatchItem.Sent> items) {
    return writer.submitErrand(connection ->
        Transaction.run(
            connection,
            () -> {
              insert(connection, job);
              update(
                  connection,
                  "UPDATE batch_item SET state = 'sent', request = ?, attempt = ?, job = ?,"
                      + " record = ?, features = ?, outgoing = ?"
                      + " WHERE batch = ? AND number = ?",
                  items,
                  (statement, item) -> {
                    statement.setBytes(1, Blobs.of(item.request().value()));
                    statement.setBytes(2, Blobs.of(item.attempt().value()));
                    statement.setString(3, job.id());
                    statement.setBytes(4, item.record().record());
                    statement.setBytes(5, item.record().features());
                    statement.setBytes(6, item.outgoing());
                    key(statement, 7, item.key());
                  });
            }));
  }

  private static void insert(Connection connection, ProviderJob job) throws SQLException {
    String sql = "INSERT INTO provider_batch VALUES (?, ?, ?, ?, 'open', ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, job.id());
      insert.setString(2, job.batch());
      insert.setString(3, job.provider());
      insert.setString(4, job.model());
      insert.setString(5, job.upstream());
      insert.setLong(6, Micros.of(job.created()));
      insert.executeUpdate();
    }
  }

  /** What the provider calls a batch of ours. */
  public CompletionStage<Void> sent(ProviderJob job) {
    return each(
        "UPDATE provider_batch SET upstream = ? WHERE id = ?",
        List.of(job),
        (statement, each) -> {
          statement.setString(1, each.upstream());
          statement.setString(2, each.id());
        });
  }

  /** All of a job's items have been answered. */
  public CompletionStage<Void> over(ProviderJob job) {
    return each(
        "UPDATE provider_batch SET state = 'over' WHERE id = ?",
        List.of(job),
        (statement, each) -> statement.setString(1, each.id()));
  }

  /** Batches of ours that are at providers, or about to be; with whether they are to be stopped. */
  public CompletionStage<Map<ProviderJob, Boolean>> jobs() {
    return writer.submit(connection -> {
      String sql =
          "SELECT p.id, batch, endpoint, provider, model, upstream, p.created,"
              + " b.status = 'cancelling'"
              + " FROM provider_batch p JOIN batch b ON b.id = p.batch WHERE state = 'open'"
              + " ORDER BY p.id";
      try (PreparedStatement ask = connection.prepareStatement(sql);
          ResultSet rows = ask.executeQuery()) {
        var jobs = new LinkedHashMap<ProviderJob, Boolean>();
        while (rows.next()) {
          jobs.put(
              new ProviderJob(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6),
                  Micros.toInstant(rows.getLong(7))),
              rows.getBoolean(8));
        }
        return jobs;
      }
    });
  }

  /** What providers call batches of ours, also those that are over. */
  public CompletionStage<List<String>> names() {
    return writer.submit(connection -> {
      var names = new ArrayList<String>();
      try (PreparedStatement ask =
              connection.prepareStatement("SELECT upstream FROM provider_batch");
          ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    });
  }

  /** A job's items that have no answer. */
  public CompletionStage<List<BatchItem.Sent>> items(ProviderJob job) {
    return writer.submit(connection -> {
      String sql =
          "SELECT batch, number, request, attempt, record, features, body, outgoing FROM batch_item"
              + " WHERE job = ? AND state = 'sent' ORDER BY number";
      try (PreparedStatement ask = connection.prepareStatement(sql)) {
        ask.setString(1, job.id());
        var items = new ArrayList<BatchItem.Sent>();
        try (ResultSet rows = ask.executeQuery()) {
          while (rows.next()) {
            items.add(
                new BatchItem.Sent(
                    new BatchItem.Key(rows.getString(1), rows.getInt(2)),
                    new RequestId(Blobs.uuid(rows.getBytes(3))),
                    new AttemptId(Blobs.uuid(rows.getBytes(4))),
                    record(rows, 5),
                    rows.getBytes(7),
                    rows.getBytes(8)));
          }
        }
        return items;
      }
    });
  }

  private static PackedRequest record(ResultSet rows, int column) throws SQLException {
    byte[] features = rows.getBytes(column + 1);
    return PackedRequest.of(rows.getBytes(column), features == null ? NONE : features);
  }

  /** Keeps answers. From here on nothing is asked again. */
  public CompletionStage<Void> answer(List<BatchItem.Answered> items) {
    return each(
        "UPDATE batch_item SET state = 'answered', attempt = ?, status = ?, answer = ?, usage = ?,"
            + " record = ?, features = ?, request = coalesce(?, request), body = NULL,"
            + " outgoing = NULL WHERE batch = ? AND number = ? AND state IN ('waiting', 'running', 'sent')",
        items,
        (statement, item) -> {
          statement.setBytes(1, item.attempt().map(id -> Blobs.of(id.value())).orElse(null));
          statement.setInt(2, item.status());
          statement.setBytes(3, item.answer());
          statement.setString(4, UsageText.of(item.basis(), item.usage()));
          statement.setBytes(5, item.record().map(PackedRequest::record).orElse(null));
          statement.setBytes(6, item.record().map(PackedRequest::features).orElse(null));
          statement.setBytes(
              7, item.record().map(made -> Blobs.of(made.head().id().value())).orElse(null));
          key(statement, 8, item.key());
        });
  }

  /** Items whose answer is here and whose books may not be closed. */
  public CompletionStage<List<BatchItem.Answered>> answered(int most) {
    return writer.submit(connection -> {
      String sql =
          "SELECT batch, number, attempt, status, answer, usage, record, features FROM batch_item"
              + " WHERE state = 'answered' LIMIT ?";
      try (PreparedStatement ask = connection.prepareStatement(sql)) {
        ask.setInt(1, most);
        var items = new ArrayList<BatchItem.Answered>();
        try (ResultSet rows = ask.executeQuery()) {
          while (rows.next()) {
            byte[] attempt = rows.getBytes(3);
            items.add(
                new BatchItem.Answered(
                    new BatchItem.Key(rows.getString(1), rows.getInt(2)),
                    Optional.ofNullable(attempt).map(id -> new AttemptId(Blobs.uuid(id))),
                    rows.getInt(4),
                    rows.getBytes(5),
                    UsageText.usage(rows.getString(6)),
                    UsageText.basis(rows.getString(6)),
                    rows.getBytes(7) == null ? Optional.empty() : Optional.of(record(rows, 7))));
          }
        }
        return items;
      }
    });
  }

  /** Items are over, each as it is said. */
  public CompletionStage<Void> end(Map<BatchItem.Key, End> items) {
    return each(
        "UPDATE batch_item SET state = ?, body = NULL, record = NULL, features = NULL"
            + " WHERE batch = ? AND number = ?",
        List.copyOf(items.entrySet()),
        (statement, item) -> {
          statement.setString(1, item.getValue().wireName());
          key(statement, 2, item.getKey());
        });
  }

  /** Ends batches that have no open item, and expires what is overdue and has not begun. */
  public CompletionStage<Void> tidy(Instant now) {
    return writer.submitErrand(connection ->
        Transaction.run(
            connection,
            () -> {
              atInstant(
                  connection,
                  "UPDATE batch_item SET state = 'expired', body = NULL WHERE state = 'waiting'"
                      + " AND batch IN (SELECT id FROM batch WHERE status = 'in_progress'"
                      + " AND due <= ?)",
                  now);
              atInstant(
                  connection,
                  "UPDATE batch SET status = 'ended', ended = ? WHERE status IN"
                      + " ('in_progress', 'cancelling') AND NOT EXISTS (SELECT 1 FROM batch_item"
                      + " WHERE batch = batch.id AND state IN "
                      + OPEN
                      + ")",
                  now);
            }));
  }

  static void atInstant(Connection connection, String sql, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, Micros.of(now));
      update.executeUpdate();
    }
  }

  /** Attempts that go on at a provider, or whose answer is here and not booked. */
  static Set<AttemptId> goingOn(Connection connection) throws SQLException {
    String sql =
        "SELECT attempt FROM batch_item WHERE state IN ('sent', 'answered')"
            + " AND attempt IS NOT NULL";
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      var going = new HashSet<AttemptId>();
      while (rows.next()) {
        going.add(new AttemptId(Blobs.uuid(rows.getBytes(1))));
      }
      return going;
    }
  }

  interface Binding<T> {
    void bind(PreparedStatement statement, T value) throws SQLException;
  }

  private <T> CompletionStage<Void> each(String sql, List<T> values, Binding<T> binding) {
    return writer.submitErrand(
        connection -> Transaction.run(connection, () -> update(connection, sql, values, binding)));
  }

  static <T> void update(Connection connection, String sql, List<T> values, Binding<T> binding)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T value : values) {
        binding.bind(statement, value);
        statement.executeUpdate();
      }
    }
  }

  private CompletionStage<Void> run(String sql) {
    return each(sql, List.of(sql), (statement, none) -> {});
  }

  private static void key(PreparedStatement statement, int at, BatchItem.Key key)
      throws SQLException {
    statement.setString(at, key.batch());
    statement.setInt(at + 1, key.number());
  }
}
