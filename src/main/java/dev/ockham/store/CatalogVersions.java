package dev.ockham.store;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What decisions read of each catalog there was: a line per model and per alias, its fields apart
 * by tabs. Addresses and credentials are not in it.
 */
public final class CatalogVersions {
  private static final String MODEL = "model";
  private static final String ALIAS = "alias";
  private static final String NONE = "-";

  private final Writer writer;
  private final Readers readers;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  CatalogVersions(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** Keeps a catalog, once. */
  public CompletionStage<Void> keep(String organisation, Catalog catalog, Instant at) {
    if (!known.add(catalog.version())) {
      return java.util.concurrent.CompletableFuture.completedStage(null);
    }
    String document = write(catalog);
    return writer.submitErrand(connection -> {
      String sql = "INSERT OR IGNORE INTO catalog_version VALUES (?, ?, ?, ?)";
      try (PreparedStatement row = connection.prepareStatement(sql)) {
        row.setString(1, organisation);
        row.setString(2, catalog.version());
        row.setString(3, document);
        row.setLong(4, Micros.of(at));
        row.executeUpdate();
      }
    });
  }

  /** The catalog of a version, as far as decisions read it. */
  public CompletionStage<Optional<Catalog>> find(String organisation, String version) {
    return readers.ask(connection -> find(connection, organisation, version));
  }

  private static Optional<Catalog> find(Connection connection, String organisation, String version)
      throws SQLException {
    String sql = "SELECT document FROM catalog_version WHERE organisation = ? AND version = ?";
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, organisation);
      ask.setString(2, version);
      try (ResultSet rows = ask.executeQuery()) {
        return rows.next() ? Optional.of(read(version, rows.getString(1))) : Optional.empty();
      }
    }
  }

  static String write(Catalog catalog) {
    var lines = new StringBuilder();
    for (Model model : catalog.all()) {
      OptionalLong window = model.limits().contextWindow();
      lines
          .append(MODEL)
          .append('\t')
          .append(model.id())
          .append('\t')
          .append(model.endpoint().name())
          .append('\t')
          .append(model.endpoint().dialect().name())
          .append('\t')
          .append(window.isPresent() ? Long.toString(window.getAsLong()) : NONE)
          .append('\t')
          .append(
              model.capabilities().stream()
                  .map(Capability::name)
                  .sorted()
                  .collect(Collectors.joining(",")))
          .append('\t')
          .append(model.price().versionName())
          .append('\t')
          .append(Names.json(model.price()))
          .append('\n');
    }
    catalog
        .aliases()
        .forEach((alias, model) ->
            lines.append(ALIAS).append('\t').append(alias).append('\t').append(model).append('\n'));
    return lines.toString();
  }

  static Catalog read(String version, String document) {
    var models = new LinkedHashMap<String, Model>();
    var aliases = new HashMap<String, String>();
    for (String line : document.lines().toList()) {
      List<String> fields = List.of(line.split("\t", -1));
      if (fields.getFirst().equals(ALIAS)) {
        aliases.put(fields.get(1), fields.get(2));
      } else {
        models.put(fields.get(1), model(fields));
      }
    }
    return new Catalog(version, models, Map.copyOf(aliases));
  }

  private static Model model(List<String> fields) {
    var endpoint = new Endpoint(fields.get(2), Dialect.valueOf(fields.get(3)), "", Duration.ZERO);
    String window = fields.get(4);
    var limits =
        new Model.Limits(
            window.equals(NONE) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(window)),
            OptionalLong.empty());
    var capabilities = EnumSet.noneOf(Capability.class);
    for (String name : fields.get(5).split(",", -1)) {
      if (!name.isEmpty()) {
        capabilities.add(Capability.valueOf(name));
      }
    }
    return new Model(
        fields.get(1),
        endpoint,
        fields.get(1),
        limits,
        capabilities,
        Names.price(fields.get(6), fields.get(7)),
        OptionalDouble.empty());
  }
}
