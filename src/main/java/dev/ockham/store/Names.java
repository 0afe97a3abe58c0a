package dev.ockham.store;

import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceTerms;
import dev.ockham.chat.TokenClass;
import dev.ockham.ledger.Hold;
import dev.ockham.ledger.Quote;
import dev.ockham.policy.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Numbers for what many attempts have in common: the scopes of a caller, and a model at a price.
 * For the writing thread.
 */
final class Names {
  /** When a cache has so many names, it is begun anew: keys come and go. */
  private static final int MOST_CACHED = 50_000;

  /** Begins the last member of a price's JSON: what {@link PriceTerms} says of it. */
  private static final String TERMS = ",\"terms\":\"";

  private final Connection connection;
  private final Map<ScopeSet, Long> scopeSets = new HashMap<>();
  private final Map<Offer, Long> offers = new HashMap<>();

  private record ScopeSet(String organisation, List<Scope> scopes) {}

  private record Offer(String organisation, String model, String provider, Price price) {}

  Names(Connection connection) {
    this.connection = connection;
  }

  /** To be called after a rollback, which may have taken new names back. */
  void forget() {
    scopeSets.clear();
    offers.clear();
  }

  long scopeSet(Hold hold) throws SQLException {
    var wanted = new ScopeSet(hold.organisation(), hold.scopes());
    Long known = scopeSets.get(wanted);
    if (known != null) {
      return known;
    }
    String scopes = wanted.scopes().stream().map(Scope::toString).collect(Collectors.joining("\n"));
    long id =
        number(
            "INSERT INTO scope_set (organisation, scopes) VALUES (?, ?)"
                + " ON CONFLICT DO UPDATE SET scopes = scopes RETURNING id",
            wanted.organisation(),
            scopes);
    for (Scope scope : wanted.scopes()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT OR IGNORE INTO scope_member VALUES (?, ?, ?)")) {
        insert.setString(1, wanted.organisation());
        insert.setString(2, scope.toString());
        insert.setLong(3, id);
        insert.executeUpdate();
      }
    }
    remember(scopeSets, wanted, id);
    return id;
  }

  long offer(Hold hold) throws SQLException {
    Quote quote = hold.quote();
    var wanted = new Offer(hold.organisation(), quote.model(), quote.provider(), quote.price());
    Long known = offers.get(wanted);
    if (known != null) {
      return known;
    }
    long id =
        number(
            "INSERT INTO offer (organisation, model, provider, version, prices)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET model = model RETURNING id",
            wanted.organisation(),
            wanted.model(),
            wanted.provider(),
            wanted.price().versionName(),
            json(wanted.price()));
    remember(offers, wanted, id);
    return id;
  }

  private static <K> void remember(Map<K, Long> cache, K key, long id) {
    if (cache.size() >= MOST_CACHED) {
      cache.clear();
    }
    cache.put(key, id);
  }

  private long number(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** Such as {@code {"input":2500000,"output":10000000}}: picodollars per token by class. */
  static String json(Price price) {
    return switch (price) {
      case Price.Free() -> "\"free\"";
      case Price.Unknown() -> "\"unknown\"";
      case Price.Listed listed -> {
        String rates =
            new EnumMap<>(listed.picosPerToken())
                .entrySet().stream()
                    .map(e -> "\"" + e.getKey().wireName() + "\":" + e.getValue())
                    .collect(Collectors.joining(","));
        String terms = PriceTerms.write(listed);
        yield "{" + rates + (terms.isEmpty() ? "" : TERMS + terms + "\"") + "}";
      }
    };
  }

  /** Reads what {@link #json} wrote. */
  static Price price(String version, String json) {
    if (json.equals("\"free\"")) {
      return new Price.Free();
    }
    if (json.equals("\"unknown\"")) {
      return new Price.Unknown();
    }
    int terms = json.indexOf(TERMS);
    String rates = json.substring(1, terms < 0 ? json.length() - 1 : terms);
    var prices = new EnumMap<TokenClass, Long>(TokenClass.class);
    for (String member : rates.split(",", -1)) {
      int colon = member.indexOf(':');
      String name = member.substring(1, colon - 1);
      for (TokenClass kind : TokenClass.values()) {
        if (kind.wireName().equals(name)) {
          prices.put(kind, Long.valueOf(member.substring(colon + 1)));
        }
      }
    }
    return PriceTerms.read(
        version,
        prices,
        terms < 0 ? "" : json.substring(terms + TERMS.length(), json.length() - 2));
  }
}
