package dev.ockham.store;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.AttemptId;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Micros;
import dev.ockham.ledger.OpenAttempt;
import dev.ockham.ledger.RequestId;
import dev.ockham.store.StoredAttempt.State;
import dev.ockham.store.StoredAttempt.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** Reads the attempts of a request: those that ended, and those under way. */
final class AttemptRows {
  private static final String ENDED =
      "SELECT a.id, o.model, o.provider, o.version, o.prices, a.basis, a.note, a.reserved,"
          + " a.dispatched, a.ended, a.held_nanos, a.input, a.cache_read, a.cache_write_5m,"
          + " a.cache_write_1h, a.output, a.reasoning, a.audio_input, a.audio_cache_read,"
          + " a.image_input, a.audio_output, a.image_output, a.web_search, a.tier"
          + " FROM attempt a JOIN offer o ON o.id = a.offer WHERE a.request = ?";
  private static final String OPEN = "SELECT hold, dispatched FROM open_attempt WHERE request = ?";

  private final Connection connection;

  AttemptRows(Connection connection) {
    this.connection = connection;
  }

  List<StoredAttempt> of(RequestId request) throws SQLException {
    List<StoredAttempt> attempts = new ArrayList<>();
    try (PreparedStatement ask = connection.prepareStatement(ENDED)) {
      ask.setBytes(1, Blobs.of(request.value()));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          attempts.add(ended(rows));
        }
      }
    }
    try (PreparedStatement ask = connection.prepareStatement(OPEN)) {
      ask.setBytes(1, Blobs.of(request.value()));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          attempts.add(
              open(SqlCheckpoint.openAttempt(rows.getBytes(1), SqlCheckpoint.instant(rows, 2))));
        }
      }
    }
    attempts.sort(Comparator.comparing(StoredAttempt::id));
    return attempts;
  }

  private static StoredAttempt ended(ResultSet rows) throws SQLException {
    Optional<Basis> basis = basis(Optional.ofNullable(rows.getString(6)));
    Usage usage = usage(rows);
    Price price = Names.price(rows.getString(4), rows.getString(5));
    State state =
        basis
            .map(b -> b.isEstimate() ? State.SETTLED_ESTIMATED : State.SETTLED)
            .orElse(State.VOIDED);
    return new StoredAttempt(
        new AttemptId(Blobs.uuid(rows.getBytes(1))),
        rows.getString(2),
        rows.getString(3),
        state,
        basis,
        usage,
        price,
        cost(state, price, usage, Micros.toInstant(rows.getLong(8))),
        new Money(Math.multiplyExact(rows.getLong(11), 1000L)),
        new Times(
            Micros.toInstant(rows.getLong(8)),
            SqlCheckpoint.instant(rows, 9),
            Optional.of(Micros.toInstant(rows.getLong(10)))),
        Optional.ofNullable(rows.getString(7)));
  }

  private static StoredAttempt open(OpenAttempt attempt) {
    Hold hold = attempt.hold();
    Optional<Instant> dispatched = attempt.dispatchedAt();
    return new StoredAttempt(
        hold.attempt(),
        hold.quote().model(),
        hold.quote().provider(),
        dispatched.isPresent() ? State.DISPATCHED : State.RESERVED,
        Optional.empty(),
        Usage.ABSENT,
        hold.quote().price(),
        Cost.UNKNOWN,
        new Money(Math.multiplyExact(hold.nanos(), 1000L)),
        new Times(hold.at(), dispatched, Optional.empty()),
        Optional.empty());
  }

  /** The lines follow from usage and price version, the same as when it was settled. */
  private static Cost cost(State state, Price price, Usage usage, Instant held) {
    return state == State.VOIDED ? Cost.FREE : price.of(usage, held);
  }

  private static Optional<Basis> basis(Optional<String> wireName) {
    for (Basis basis : Basis.values()) {
      if (wireName.isPresent() && basis.wireName().equals(wireName.get())) {
        return Optional.of(basis);
      }
    }
    return Optional.empty();
  }

  private static Optional<ServiceTier> tier(Optional<String> wireName) {
    for (ServiceTier tier : ServiceTier.values()) {
      if (wireName.isPresent() && tier.wireName().equals(wireName.get())) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }

  static boolean isEstimate(String wireName) {
    return basis(Optional.of(wireName)).filter(Basis::isEstimate).isPresent();
  }

  static Usage usage(ResultSet rows) throws SQLException {
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : Drain.CLASSES) {
      long count = rows.getLong(kind.wireName());
      if (!rows.wasNull()) {
        tokens.put(kind, count);
      }
    }
    return new Usage(tokens, tier(Optional.ofNullable(rows.getString("tier"))));
  }
}
