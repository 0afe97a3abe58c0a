package dev.ockham.store;

import dev.ockham.ledger.Ids;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.ledger.RequestRecord;
import dev.ockham.route.Explanation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Adds up what was decided and what it cost. Read on the reader threads. */
public final class AdoptionReports {
  /** So many of the newest are looked at: a report takes seconds at most. */
  private static final int MOST = 200_000;

  private static final int TIMEOUT_SECONDS = 30;
  private static final byte[] NONE = {};

  /** Nothing is known of a request's cost where one of its attempts has no price. */
  private static final String SELECT =
      "SELECT r.record, r.alternative_picos, count(a.id), sum(a.posted_nanos IS NULL),"
          + " sum(a.posted_nanos), sum(a.rounding_picos)"
          + " FROM request r LEFT JOIN attempt a ON a.request = r.id"
          + " WHERE r.organisation = ? AND r.id >= ? GROUP BY r.id ORDER BY r.id DESC LIMIT ?";

  private final Writer writer;
  private final Readers readers;

  AdoptionReports(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** Includes everything appended before the question. */
  public CompletionStage<AdoptionReport> since(String organisation, Instant since) {
    return writer
        .submitErrand(_ -> writer.drainAll())
        .thenCompose(_ -> readers.ask(connection -> read(connection, organisation, since)));
  }

  private static AdoptionReport read(Connection connection, String organisation, Instant since)
      throws SQLException {
    Map<Standing, Sum> sums = new TreeMap<>();
    long seen = 0;
    try (PreparedStatement ask = connection.prepareStatement(SELECT)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      ask.setString(1, organisation);
      ask.setBytes(2, Blobs.of(Ids.earliestAt(since)));
      ask.setInt(3, MOST + 1);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next() && seen < MOST + 1) {
          seen++;
          if (seen <= MOST) {
            add(sums, rows);
          }
        }
      }
    }
    return new AdoptionReport(
        since,
        seen <= MOST,
        sums.entrySet().stream().map(each -> each.getValue().line(each.getKey())).toList());
  }

  private static void add(Map<Standing, Sum> sums, ResultSet rows) throws SQLException {
    RequestRecord record = PackedRequest.of(rows.getBytes(1), NONE).unpack();
    Explanation why = record.why();
    if (why.route().isEmpty()) {
      return;
    }
    Sum sum = sums.computeIfAbsent(new Standing(why.mode(), why.serving()), _ -> new Sum());
    long alternative = rows.getLong(2);
    boolean compared = !rows.wasNull() && rows.getLong(3) > 0 && rows.getLong(4) == 0;
    sum.requests++;
    if (compared) {
      sum.compared++;
      sum.dollars =
          sum.dollars
              .add(BigDecimal.valueOf(rows.getLong(5), 9))
              .add(BigDecimal.valueOf(rows.getLong(6), 12));
      sum.otherwise = sum.otherwise.add(BigDecimal.valueOf(alternative, 12));
    }
  }

  private record Standing(Explanation.Mode mode, Explanation.Serving serving)
      implements Comparable<Standing> {
    @Override
    public int compareTo(Standing other) {
      int byMode = mode.compareTo(other.mode);
      return byMode != 0 ? byMode : serving.compareTo(other.serving);
    }
  }

  private static final class Sum {
    private long requests;
    private long compared;
    private BigDecimal dollars = BigDecimal.ZERO;
    private BigDecimal otherwise = BigDecimal.ZERO;

    AdoptionReport.Line line(Standing standing) {
      return new AdoptionReport.Line(
          standing.mode(), standing.serving(), requests, compared, dollars, otherwise);
    }
  }
}
