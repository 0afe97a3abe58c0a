package dev.ockham.store;

import dev.ockham.ledger.Ids;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.ledger.RequestId;
import dev.ockham.ledger.RequestRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What was asked and what came of it. Every answer comes from the reader threads and includes
 * everything appended before the question.
 */
public final class Requests {
  private static final int TIMEOUT_SECONDS = 10;
  private static final byte[] NONE = {};
  private static final String SELECT =
      "SELECT r.record, f.features FROM request r LEFT JOIN feature f ON f.request = r.id"
          + " WHERE r.organisation = ?";

  private final Writer writer;
  private final Readers readers;

  Requests(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** Empty until the request has ended. */
  public CompletionStage<Optional<StoredRequest>> byId(String organisation, RequestId id) {
    return caughtUp(connection -> {
      try (PreparedStatement ask = prepare(connection, SELECT + " AND r.id = ?")) {
        ask.setString(1, organisation);
        ask.setBytes(2, Blobs.of(id.value()));
        return read(connection, ask).stream().findFirst();
      }
    });
  }

  /** Newest first. */
  public CompletionStage<RequestPage> page(String organisation, RequestQuery query) {
    return caughtUp(connection -> page(connection, organisation, query));
  }

  public CompletionStage<Totals> totals(String organisation) {
    return caughtUp(connection -> totals(connection, organisation));
  }

  private <T> CompletionStage<T> caughtUp(Readers.Question<T> question) {
    return writer.submitErrand(_ -> writer.drainAll()).thenCompose(_ -> readers.ask(question));
  }

  private static RequestPage page(Connection connection, String organisation, RequestQuery query)
      throws SQLException {
    var sql = new StringBuilder(SELECT);
    List<Object> values = new ArrayList<>();
    values.add(organisation);
    query
        .before()
        .ifPresent(id -> {
          sql.append(" AND r.id < ?");
          values.add(Blobs.of(id.value()));
        });
    query
        .since()
        .ifPresent(since -> {
          sql.append(" AND r.id >= ? AND r.arrived >= ?");
          values.add(Blobs.of(Ids.earliestAt(since)));
          values.add(Micros.of(since));
        });
    query
        .servedBy()
        .ifPresent(model -> {
          sql.append(" AND r.served_by = ?");
          values.add(model);
        });
    query
        .route()
        .ifPresent(route -> {
          sql.append(" AND r.route = ?");
          values.add(route);
        });
    sql.append(" ORDER BY r.id DESC LIMIT ?");
    values.add(query.limit() + 1);
    try (PreparedStatement ask = prepare(connection, sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        ask.setObject(i + 1, values.get(i));
      }
      List<StoredRequest> found = read(connection, ask);
      if (found.size() <= query.limit()) {
        return new RequestPage(found, Optional.empty());
      }
      List<StoredRequest> some = found.subList(0, query.limit());
      return new RequestPage(some, Optional.of(some.getLast().record().id()));
    }
  }

  private static List<StoredRequest> read(Connection connection, PreparedStatement ask)
      throws SQLException {
    List<RequestRecord> records = new ArrayList<>();
    try (ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        byte[] features = rows.getBytes(2);
        records.add(
            PackedRequest.of(rows.getBytes(1), features == null ? NONE : features).unpack());
      }
    }
    var attempts = new AttemptRows(connection);
    List<StoredRequest> found = new ArrayList<>();
    for (RequestRecord record : records) {
      found.add(new StoredRequest(record, attempts.of(record.id())));
    }
    return found;
  }

  private static Totals totals(Connection connection, String organisation) throws SQLException {
    String sql =
        "SELECT coalesce((SELECT requests FROM tally WHERE organisation = ?1), 0),"
            + " coalesce(sum(settled), 0), coalesce(sum(unpriced), 0),"
            + " coalesce(sum(estimated), 0), coalesce(sum(voided), 0),"
            + " coalesce(sum(posted_nanos), 0), coalesce(sum(rounding_picos), 0)"
            + " FROM spend WHERE organisation = ?1";
    try (PreparedStatement ask = prepare(connection, sql)) {
      ask.setString(1, organisation);
      try (ResultSet rows = ask.executeQuery()) {
        rows.next();
        BigDecimal dollars =
            BigDecimal.valueOf(rows.getLong(6), 9).add(BigDecimal.valueOf(rows.getLong(7), 12));
        return new Totals(
            rows.getLong(1),
            rows.getLong(2),
            rows.getLong(3),
            rows.getLong(4),
            rows.getLong(5),
            dollars);
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(TIMEOUT_SECONDS);
    return statement;
  }
}
