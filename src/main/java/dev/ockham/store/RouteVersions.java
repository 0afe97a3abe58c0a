package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The versions of routes and which of each is in force. Held in memory, so that a change counts at
 * once, even while the disk is slow; what a call gives completes when it is on disk as well.
 */
public final class RouteVersions {
  private final Writer writer;
  private final Map<String, List<Version>> byRoute = new HashMap<>();
  private final Map<String, Integer> active = new HashMap<>();

  /** Where a version comes from. */
  public enum Origin {
    FILE,
    PUBLISHED;

    String wireName() {
      return this == FILE ? "file" : "published";
    }
  }

  /**
   * A route as it was published.
   *
   * @param number from 1, without gaps
   * @param document the route in JSON, as a file would have it
   */
  public record Version(
      String route, int number, Origin origin, String document, Change published) {
    /** As records name it, such as {@code auto@3}. */
    public String label() {
      return route + "@" + number;
    }
  }

  RouteVersions(Writer writer, Connection connection) throws SQLException {
    this.writer = writer;
    load(connection);
  }

  /** Oldest first; none of a route that nobody published. */
  public synchronized List<Version> of(String route) {
    return List.copyOf(byRoute.getOrDefault(route, List.of()));
  }

  /** Of every route that has one, the version in force. */
  public synchronized List<Version> inForce() {
    var versions = new ArrayList<Version>();
    active.forEach((route, number) -> find(route, number).ifPresent(versions::add));
    return versions;
  }

  public synchronized Optional<Version> inForce(String route) {
    return Optional.ofNullable(active.get(route)).flatMap(number -> find(route, number));
  }

  public synchronized Optional<Version> find(String route, int number) {
    List<Version> versions = byRoute.getOrDefault(route, List.of());
    return number >= 1 && number <= versions.size()
        ? Optional.of(versions.get(number - 1))
        : Optional.empty();
  }

  /** Adds a version and puts it in force. */
  public synchronized CompletionStage<Version> publish(
      String route, Origin origin, String document, Change change) {
    List<Version> versions = byRoute.computeIfAbsent(route, _ -> new ArrayList<>());
    var version = new Version(route, versions.size() + 1, origin, document, change);
    versions.add(version);
    active.put(route, version.number());
    return writer.submit(connection -> {
      insert(connection, version);
      activate(connection, version, change);
      return version;
    });
  }

  /** Puts a known version in force. */
  public synchronized CompletionStage<Version> activate(Version version, Change change) {
    active.put(version.route(), version.number());
    return writer.submit(connection -> {
      activate(connection, version, change);
      return version;
    });
  }

  private static void insert(Connection connection, Version version) throws SQLException {
    String sql = "INSERT INTO route_version VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      row.setString(1, version.published().organisation());
      row.setString(2, version.route());
      row.setInt(3, version.number());
      row.setString(4, version.origin().wireName());
      row.setString(5, version.document());
      version.published().bind(row, 6);
      row.executeUpdate();
    }
  }

  private static void activate(Connection connection, Version version, Change change)
      throws SQLException {
    String sql = "INSERT INTO route_activation VALUES (NULL, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      row.setString(1, change.organisation());
      row.setString(2, version.route());
      row.setInt(3, version.number());
      change.bind(row, 4);
      row.executeUpdate();
    }
  }

  private void load(Connection connection) throws SQLException {
    String versions =
        "SELECT route, number, origin, document, organisation, author, note, created"
            + " FROM route_version ORDER BY route, number";
    try (PreparedStatement ask = connection.prepareStatement(versions);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        var published =
            new Change(
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                Micros.toInstant(rows.getLong(8)));
        Origin origin = rows.getString(3).equals("file") ? Origin.FILE : Origin.PUBLISHED;
        var version =
            new Version(rows.getString(1), rows.getInt(2), origin, rows.getString(4), published);
        byRoute.computeIfAbsent(version.route(), _ -> new ArrayList<>()).add(version);
      }
    }
    String activations = "SELECT route, number FROM route_activation ORDER BY id";
    try (PreparedStatement ask = connection.prepareStatement(activations);
        ResultSet rows = ask.executeQuery()) {
      while (rows.next()) {
        active.put(rows.getString(1), rows.getInt(2));
      }
    }
  }
}
