package dev.ockham.store;

import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Correction;
import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was booked for each day and model, and what was posted later to make it what the provider
 * charged. Nothing that was posted is ever changed.
 */
public final class Corrections {
  private static final int TIMEOUT_SECONDS = 60;
  private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * 1_000;
  private static final String BOOKED =
      "SELECT o.provider, o.model, a.reserved / "
          + DAY_MICROS
          + " AS day, COUNT(*), SUM(a.posted_nanos), SUM(a.rounding_picos), a.organisation, "
          + Drain.CLASSES.stream()
              .map(kind -> "SUM(a." + kind.wireName() + ") AS " + kind.wireName())
              .collect(Collectors.joining(", "))
          + " FROM attempt a JOIN offer o ON o.id = a.offer"
          + " WHERE a.request >= ? AND a.reserved >= ? AND a.reserved < ? AND a.basis IS NOT NULL"
          + " GROUP BY a.organisation, o.provider, o.model, day"
          + " ORDER BY day, o.provider, o.model, COUNT(*) DESC";
  private static final String USED =
      "SELECT a.organisation, o.provider, a.reserved, a.tier, "
          + Drain.CLASSES.stream()
              .map(kind -> "a." + kind.wireName())
              .collect(Collectors.joining(", "))
          + " FROM attempt a JOIN offer o ON o.id = a.offer WHERE o.model = ?"
          + " AND a.request >= ? AND a.reserved >= ? AND a.reserved < ? AND a.basis IS NOT NULL"
          + " ORDER BY a.reserved";
  private static final String POSTED =
      "SELECT organisation, provider, model, day, posted_nanos, rounding_picos, why, source, at"
          + " FROM correction WHERE day >= ? AND day < ? ORDER BY at, provider, model";

  private final Writer writer;
  private final Readers readers;

  Corrections(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * What all calls of a model held on a day cost.
   *
   * @param usage the sum of every class that any of them reported
   * @param cost with what was corrected; without calls of no known price
   */
  public record Booked(
      String organisation,
      String provider,
      String model,
      LocalDate day,
      long calls,
      Usage usage,
      Money cost) {}

  /** From a day up to another, which is out, in UTC. */
  public CompletionStage<List<Booked>> booked(LocalDate from, LocalDate until) {
    return writer
        .submitErrand(_ -> writer.drainAll())
        .thenCompose(_ -> readers.ask(connection -> booked(connection, from, until)));
  }

  /**
   * What the calls of a model held on each day cost at the price of that day, with those that had
   * none.
   *
   * @param price of a call held at an instant
   */
  public CompletionStage<List<Repriced>> repriced(
      LocalDate from, LocalDate until, String model, Function<LocalDate, Price> price) {
    return readers.ask(connection -> repriced(connection, from, until, model, price));
  }

  /**
   * A day's calls at another price.
   *
   * @param cost empty where even one of them has no known price
   */
  public record Repriced(
      String organisation, String provider, LocalDate day, long calls, Optional<Money> cost) {}

  /** What was posted for days from one up to another, oldest first. */
  public CompletionStage<List<Correction>> posted(LocalDate from, LocalDate until) {
    return readers.ask(connection -> posted(connection, from, until));
  }

  /** Posts corrections, all or none; one that was posted from the same source before is not. */
  public CompletionStage<Integer> post(List<Correction> corrections) {
    return writer.submit(connection -> post(connection, corrections));
  }

  private static List<Booked> booked(Connection connection, LocalDate from, LocalDate until)
      throws SQLException {
    List<Correction> later = posted(connection, from, until);
    var booked = new ArrayList<Booked>();
    try (PreparedStatement ask = connection.prepareStatement(BOOKED)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
      ask.setBytes(1, Blobs.begin(begin.minus(Duration.ofDays(1))));
      ask.setLong(2, Micros.of(begin));
      ask.setLong(3, Micros.of(until.atStartOfDay(ZoneOffset.UTC).toInstant()));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          booked.add(booked(rows, later));
        }
      }
    }
    return booked;
  }

  private static List<Repriced> repriced(
      Connection connection,
      LocalDate from,
      LocalDate until,
      String model,
      Function<LocalDate, Price> price)
      throws SQLException {
    var days = new LinkedHashMap<String, Repriced>();
    try (PreparedStatement ask = connection.prepareStatement(USED)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
      ask.setString(1, model);
      ask.setBytes(2, Blobs.begin(begin.minus(Duration.ofDays(1))));
      ask.setLong(3, Micros.of(begin));
      ask.setLong(4, Micros.of(until.atStartOfDay(ZoneOffset.UTC).toInstant()));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          Instant held = Micros.toInstant(rows.getLong("reserved"));
          LocalDate day = LocalDate.ofInstant(held, ZoneOffset.UTC);
          Optional<Money> cost = price.apply(day).of(AttemptRows.usage(rows), held).total();
          var one = new Repriced(rows.getString(1), rows.getString(2), day, 1, cost);
          days.merge(
              one.organisation() + "\n" + one.provider() + "\n" + day, one, Corrections::both);
        }
      }
    }
    return List.copyOf(days.values());
  }

  private static Repriced both(Repriced left, Repriced right) {
    return new Repriced(
        left.organisation(),
        left.provider(),
        left.day(),
        left.calls() + right.calls(),
        left.cost().flatMap(cost -> right.cost().map(cost::plus)));
  }

  private static Booked booked(ResultSet rows, List<Correction> later) throws SQLException {
    String organisation = rows.getString(7);
    String provider = rows.getString(1);
    String model = rows.getString(2);
    LocalDate day = LocalDate.ofEpochDay(rows.getLong(3));
    long picos = Math.addExact(Math.multiplyExact(rows.getLong(5), 1_000L), rows.getLong(6));
    for (Correction each : later) {
      if (each.organisation().equals(organisation)
          && each.provider().equals(provider)
          && each.model().equals(model)
          && each.day().equals(day)) {
        picos = Math.addExact(picos, each.amount().picos());
      }
    }
    var tokens = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (TokenClass kind : Drain.CLASSES) {
      long count = rows.getLong(kind.wireName());
      if (!rows.wasNull()) {
        tokens.put(kind, count);
      }
    }
    return new Booked(
        organisation, provider, model, day, rows.getLong(4), new Usage(tokens), new Money(picos));
  }

  private static List<Correction> posted(Connection connection, LocalDate from, LocalDate until)
      throws SQLException {
    var posted = new ArrayList<Correction>();
    try (PreparedStatement ask = connection.prepareStatement(POSTED)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      ask.setLong(1, from.toEpochDay());
      ask.setLong(2, until.toEpochDay());
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          posted.add(
              new Correction(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  LocalDate.ofEpochDay(rows.getLong(4)),
                  new Money(
                      Math.addExact(Math.multiplyExact(rows.getLong(5), 1_000L), rows.getLong(6))),
                  rows.getString(7),
                  rows.getString(8),
                  Micros.toInstant(rows.getLong(9))));
        }
      }
    }
    return posted;
  }

  private static int post(Connection connection, List<Correction> corrections) throws SQLException {
    int posted = 0;
    try (PreparedStatement add =
        connection.prepareStatement(
            "INSERT INTO correction (organisation, provider, model, day, posted_nanos,"
                + " rounding_picos, why, source, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      for (Correction each : corrections) {
        add.setString(1, each.organisation());
        add.setString(2, each.provider());
        add.setString(3, each.model());
        add.setLong(4, each.day().toEpochDay());
        add.setLong(5, each.posted());
        add.setLong(6, each.remainder());
        add.setString(7, each.why());
        add.setString(8, each.source());
        add.setLong(9, Micros.of(each.at()));
        posted += add.executeUpdate();
      }
    }
    return posted;
  }
}
