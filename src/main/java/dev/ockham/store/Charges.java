package dev.ockham.store;

import dev.ockham.catalog.Charge;
import dev.ockham.catalog.Charge.Agreed;
import dev.ockham.catalog.Charge.Item;
import dev.ockham.catalog.Charge.Offer;
import dev.ockham.catalog.Charge.Used;
import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What was charged, added up by the hour from the price lines of every attempt: the same lines, to
 * the picodollar, that each attempt was settled by.
 */
public final class Charges {
  /** More of them do not fit in memory, or in anybody's spreadsheet. */
  public static final int MOST = 1_000_000;

  /** A reader thread is held for no longer. */
  private static final int TIMEOUT_SECONDS = 120;

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final String SELECT =
      "SELECT a.*, o.model AS model, o.provider AS provider, o.version AS version,"
          + " o.prices AS prices, s.scopes AS scopes FROM attempt a JOIN offer o ON o.id = a.offer"
          + " JOIN scope_set s ON s.id = a.scope_set WHERE a.organisation = ? AND a.basis IS NOT NULL"
          + " AND a.reserved >= ? AND a.reserved < ?";

  private final Writer writer;
  private final Readers readers;

  Charges(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** More than {@link #MOST} charges: a shorter time has to be asked for. */
  public static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("more than " + MOST + " charges", null, false, false);
    }
  }

  /**
   * The charges of calls that were begun within a time, by hour; fails with {@link TooMany}.
   *
   * @param from included
   * @param to not included
   */
  public CompletionStage<List<Charge>> between(String organisation, Instant from, Instant to) {
    return writer
        .submitErrand(_ -> writer.drainAll())
        .thenCompose(_ -> readers.ask(connection -> read(connection, organisation, from, to)));
  }

  private static List<Charge> read(
      Connection connection, String organisation, Instant from, Instant to) throws SQLException {
    var sums = new Sums();
    try (PreparedStatement ask = connection.prepareStatement(SELECT)) {
      ask.setQueryTimeout(TIMEOUT_SECONDS);
      ask.setString(1, organisation);
      ask.setLong(2, Micros.of(from));
      ask.setLong(3, Micros.of(to));
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          sums.add(rows);
        }
      }
    }
    return sums.charges(organisation);
  }

  private record Key(long hour, long scopeSet, long offer, Item item) {}

  private static final class Sum {
    private long quantity;
    private Optional<Money> amount = Optional.empty();
  }

  /** Adds attempts up. */
  private static final class Sums {
    private final Map<Long, Price> prices = new HashMap<>();
    private final Map<Long, Offer> offers = new HashMap<>();
    private final Map<Long, List<String>> scopeSets = new HashMap<>();
    private final Map<Key, Sum> sums = new HashMap<>();

    void add(ResultSet row) throws SQLException {
      long offer = row.getLong("offer");
      long scopes = row.getLong("scope_set");
      Price price = prices.get(offer);
      if (price == null) {
        price = Names.price(row.getString("version"), row.getString("prices"));
        prices.put(offer, price);
        offers.put(
            offer,
            new Offer(row.getString("model"), row.getString("provider"), row.getString("version")));
      }
      if (!scopeSets.containsKey(scopes)) {
        scopeSets.put(scopes, List.of(row.getString("scopes").split("\n", -1)));
      }
      long reserved = row.getLong("reserved");
      Usage usage = AttemptRows.usage(row);
      boolean estimated = AttemptRows.isEstimate(row.getString("basis"));
      Cost cost = price.of(usage, Micros.toInstant(reserved));
      add(new Place(Math.floorDiv(reserved, HOUR_MICROS), scopes, offer), cost, usage, estimated);
      if (sums.size() > MOST) {
        throw new TooMany();
      }
    }

    private record Place(long hour, long scopeSet, long offer) {
      Key of(Item item) {
        return new Key(hour, scopeSet, offer, item);
      }
    }

    private void add(Place place, Cost cost, Usage usage, boolean estimated) {
      var unlisted = new HashMap<TokenClass, Long>(usage.tokens());
      for (Price.Line line : cost.lines()) {
        unlisted.remove(line.kind());
        var item =
            new Used(line.kind(), usage.tier(), estimated, OptionalLong.of(line.picosPerToken()));
        add(place.of(item), line.tokens(), Optional.of(line.amount()));
      }
      for (Cost.Agreed agreed : cost.agreed()) {
        add(place.of(new Agreed(agreed.adjustment().name())), 0, Optional.of(agreed.amount()));
      }
      boolean free = cost.total().isPresent() && cost.lines().isEmpty();
      unlisted.values().removeIf(count -> count == 0);
      unlisted.forEach((kind, count) -> {
        var item =
            new Used(
                kind, usage.tier(), estimated, free ? OptionalLong.of(0) : OptionalLong.empty());
        add(place.of(item), count, free ? Optional.of(Money.ZERO) : Optional.empty());
      });
    }

    private void add(Key key, long quantity, Optional<Money> amount) {
      Sum sum = sums.computeIfAbsent(key, _ -> new Sum());
      sum.quantity = Math.addExact(sum.quantity, quantity);
      sum.amount = amount.map(more -> sum.amount.map(more::plus).orElse(more));
    }

    List<Charge> charges(String organisation) {
      var charges = new ArrayList<Charge>(sums.size());
      sums.forEach((key, sum) ->
          charges.add(
              new Charge(
                  Micros.toInstant(key.hour * HOUR_MICROS),
                  organisation,
                  scopeSets.getOrDefault(key.scopeSet, List.of()),
                  offers.getOrDefault(key.offer, new Offer("", "", "")),
                  key.item,
                  sum.quantity,
                  sum.amount)));
      charges.sort(
          Comparator.comparing(Charge::hour)
              .thenComparing(charge -> charge.offer().model())
              .thenComparing(charge -> String.join("\n", charge.scopes()))
              .thenComparing(charge -> charge.item().toString()));
      return charges;
    }
  }
}
