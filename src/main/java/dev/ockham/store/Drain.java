package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Entry;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.PackedRequest;
import dev.ockham.ledger.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes batches of journal entries as rows, each batch in one transaction with the position it
 * reaches: a batch is in the database once, or not at all. For the writing thread.
 */
final class Drain implements AutoCloseable {
  private static final long QUARTER_MICROS = 15L * 60 * 1_000_000;

  /** In the order of the table's columns. */
  static final List<TokenClass> CLASSES =
      List.of(
          TokenClass.INPUT,
          TokenClass.CACHE_READ,
          TokenClass.CACHE_WRITE_5M,
          TokenClass.CACHE_WRITE_1H,
          TokenClass.OUTPUT,
          TokenClass.REASONING,
          TokenClass.AUDIO_INPUT,
          TokenClass.AUDIO_CACHE_READ,
          TokenClass.IMAGE_INPUT,
          TokenClass.AUDIO_OUTPUT,
          TokenClass.IMAGE_OUTPUT,
          TokenClass.WEB_SEARCH);

  private final Connection connection;
  private final Names names;
  private final boolean keepFeatures;
  private final PreparedStatement insertRequest;
  private final PreparedStatement insertFeature;
  private final PreparedStatement insertAttempt;
  private final OpenRows open;
  private final BudgetEvents events;
  private final PreparedStatement addSpend;
  private final PreparedStatement addTally;
  private final PreparedStatement moveOn;

  Drain(Connection connection, boolean keepFeatures) throws SQLException {
    this.connection = connection;
    this.keepFeatures = keepFeatures;
    names = new Names(connection);
    insertRequest = prepare("INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insertFeature = prepare("INSERT INTO feature VALUES (?, ?, ?)");
    insertAttempt =
        prepare(
            "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?, ?, ?)");
    open = new OpenRows(connection);
    events = new BudgetEvents(connection);
    addSpend =
        prepare(
            "INSERT INTO spend VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                + " settled = settled + excluded.settled,"
                + " unpriced = unpriced + excluded.unpriced,"
                + " estimated = estimated + excluded.estimated,"
                + " voided = voided + excluded.voided,"
                + " posted_nanos = posted_nanos + excluded.posted_nanos,"
                + " rounding_picos = rounding_picos + excluded.rounding_picos");
    addTally =
        prepare(
            "INSERT INTO tally VALUES (?, ?)"
                + " ON CONFLICT DO UPDATE SET requests = requests + excluded.requests");
    moveOn = prepare("UPDATE position SET sequence = ?, latest = max(latest, ?) WHERE id = 1");
  }

  /** Commits a batch and the position after it. */
  void write(Batch batch, Position reached) throws SQLException {
    connection.setAutoCommit(false);
    try {
      writeRequests(batch);
      writeAttempts(batch);
      open.write(batch);
      events.write(batch.reached());
      moveOn.setLong(1, reached.sequence());
      moveOn.setLong(2, batch.latestMicros());
      moveOn.executeUpdate();
      connection.commit();
      events.say();
    } catch (SQLException failed) {
      connection.rollback();
      names.forget();
      clearBatches();
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void clearBatches() throws SQLException {
    insertRequest.clearBatch();
    insertFeature.clearBatch();
    insertAttempt.clearBatch();
  }

  private void writeRequests(Batch batch) throws SQLException {
    Map<String, Long> tally = new HashMap<>();
    for (PackedRequest request : batch.requests()) {
      PackedRequest.Head head = request.head();
      byte[] id = Blobs.of(head.id().value());
      insertRequest.setBytes(1, id);
      insertRequest.setString(2, head.organisation());
      insertRequest.setLong(3, head.micros());
      insertRequest.setString(4, head.route());
      insertRequest.setString(5, head.status());
      insertRequest.setString(6, head.servedBy().orElse(null));
      Money alternative = head.alternativeCost().orElse(null);
      setMaybe(
          insertRequest,
          7,
          alternative == null ? OptionalLong.empty() : OptionalLong.of(alternative.picos()));
      insertRequest.setBytes(8, request.record());
      insertRequest.addBatch();
      if (keepFeatures && request.features().length > 0) {
        insertFeature.setBytes(1, id);
        insertFeature.setString(2, head.organisation());
        insertFeature.setBytes(3, request.features());
        insertFeature.addBatch();
      }
      tally.merge(head.organisation(), 1L, Long::sum);
    }
    insertRequest.executeBatch();
    insertFeature.executeBatch();
    for (Map.Entry<String, Long> each : tally.entrySet()) {
      addTally.setString(1, each.getKey());
      addTally.setLong(2, each.getValue());
      addTally.executeUpdate();
    }
  }

  private void writeAttempts(Batch batch) throws SQLException {
    Map<SpendKey, Spend> spends = new HashMap<>();
    for (Entry.Ended ended : batch.ended()) {
      Hold hold = ended.hold();
      long scopeSet = names.scopeSet(hold);
      long quarter = Micros.of(hold.at()) / QUARTER_MICROS;
      spends
          .computeIfAbsent(new SpendKey(scopeSet, quarter, hold.organisation()), _ -> new Spend())
          .add(ended);
      writeAttempt(ended, scopeSet);
    }
    insertAttempt.executeBatch();
    for (Map.Entry<SpendKey, Spend> each : spends.entrySet()) {
      each.getKey().bind(addSpend);
      each.getValue().bind(addSpend);
      addSpend.executeUpdate();
    }
  }

  private void writeAttempt(Entry.Ended ended, long scopeSet) throws SQLException {
    Hold hold = ended.hold();
    PreparedStatement row = insertAttempt;
    row.setBytes(1, Blobs.of(hold.request().value()));
    row.setBytes(2, Blobs.of(hold.attempt().value()));
    row.setString(3, hold.organisation());
    row.setLong(4, scopeSet);
    row.setLong(5, names.offer(hold));
    row.setLong(8, Micros.of(hold.at()));
    setMaybe(row, 9, micros(ended));
    row.setLong(10, Micros.of(ended.at()));
    row.setLong(11, hold.nanos());
    switch (ended) {
      case Entry.Settled settled -> {
        row.setString(6, settled.basis().wireName());
        row.setNull(7, Types.VARCHAR);
        setMaybe(
            row,
            12,
            settled.cost().isPresent() ? OptionalLong.of(settled.posted()) : OptionalLong.empty());
        row.setLong(13, settled.remainder());
        bind(row, settled.usage());
      }
      case Entry.Voided voided -> {
        row.setNull(6, Types.VARCHAR);
        row.setString(7, voided.reason());
        row.setLong(12, 0);
        row.setLong(13, 0);
        bind(row, Usage.ABSENT);
      }
    }
    row.addBatch();
  }

  private static void bind(PreparedStatement row, Usage usage) throws SQLException {
    int column = 14;
    for (TokenClass kind : CLASSES) {
      setMaybe(row, column++, usage.reported(kind));
    }
    if (usage.tier().isPresent()) {
      row.setString(column, usage.tier().get().wireName());
    } else {
      row.setNull(column, Types.VARCHAR);
    }
  }

  private static OptionalLong micros(Entry.Ended ended) {
    return ended.dispatchedAt().isPresent()
        ? OptionalLong.of(Micros.of(ended.dispatchedAt().get()))
        : OptionalLong.empty();
  }

  private static void setMaybe(PreparedStatement row, int column, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      row.setLong(column, value.getAsLong());
    } else {
      row.setNull(column, Types.BIGINT);
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        List.of(insertRequest, insertFeature, insertAttempt, addSpend, addTally, moveOn)) {
      statement.close();
    }
    open.close();
    events.close();
  }

  private record SpendKey(long scopeSet, long quarter, String organisation) {
    void bind(PreparedStatement row) throws SQLException {
      row.setLong(1, scopeSet);
      row.setLong(2, quarter);
      row.setString(3, organisation);
    }
  }

  /** What one batch adds to one row of the roll-up. */
  private static final class Spend {
    private long settled;
    private long unpriced;
    private long estimated;
    private long voided;
    private long postedNanos;
    private long roundingPicos;

    void add(Entry.Ended ended) {
      switch (ended) {
        case Entry.Settled last -> {
          settled++;
          unpriced += last.cost().isEmpty() ? 1 : 0;
          estimated += last.basis().isEstimate() ? 1 : 0;
          postedNanos = Math.addExact(postedNanos, last.posted());
          roundingPicos += last.remainder();
        }
        case Entry.Voided _ -> voided++;
      }
    }

    void bind(PreparedStatement row) throws SQLException {
      row.setLong(4, settled);
      row.setLong(5, unpriced);
      row.setLong(6, estimated);
      row.setLong(7, voided);
      row.setLong(8, postedNanos);
      row.setLong(9, roundingPicos);
    }
  }
}
