package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Turns of OpenAI's Responses that clients asked to keep. A question waits for what was to be kept
 * before it: a client that has seen its answer finds it kept.
 */
public final class Responses {
  /** Turns of one conversation; a longer one cannot be gone on with. */
  private static final int LONGEST_CHAIN = 1_000;

  private static final String FOUND =
      "SELECT id, previous, expires, input, response FROM response"
          + " WHERE organisation = ? AND api_key = ? AND id = ? AND expires > ?";

  private static final String OF_ITEM =
      "SELECT response FROM response_item WHERE organisation = ? AND api_key = ? AND id = ?";

  /** The items of an answer, as far as they have names. */
  private static final String NAME_ITEMS =
      "INSERT OR REPLACE INTO response_item"
          + " SELECT ?, ?, json_extract(value, '$.id'), ? FROM json_each("
          + "CASE WHEN json_valid(?4) THEN ?4 ELSE '{}' END, '$.output')"
          + " WHERE json_type(value, '$.id') = 'text'";

  private final Writer writer;
  private final Readers readers;
  private final InstantSource clock;

  private CompletionStage<Void> lastKept = CompletableFuture.completedStage(null);

  Responses(Writer writer, Readers readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /** Keeps a turn; one of the same name and key is replaced. */
  public synchronized CompletionStage<Void> keep(StoredResponse turn) {
    lastKept =
        writer.submitErrand(connection -> {
          keep(connection, turn);
          name(connection, turn);
        });
    return lastKept;
  }

  private static void keep(Connection connection, StoredResponse turn) throws SQLException {
    String sql = "INSERT OR REPLACE INTO response VALUES (?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, turn.organisation());
      insert.setString(2, turn.keyId());
      insert.setString(3, turn.id());
      insert.setString(4, turn.previous().orElse(null));
      insert.setLong(5, Micros.of(turn.expires()));
      insert.setBytes(6, turn.input());
      insert.setBytes(7, turn.response());
      insert.executeUpdate();
    }
  }

  private static void name(Connection connection, StoredResponse turn) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(NAME_ITEMS)) {
      insert.setString(1, turn.organisation());
      insert.setString(2, turn.keyId());
      insert.setString(3, turn.id());
      insert.setString(4, new String(turn.response(), StandardCharsets.UTF_8));
      insert.executeUpdate();
    }
  }

  /** Asks when everything is written that was to be kept before. */
  private <T> CompletionStage<T> ask(Readers.Question<T> question) {
    CompletionStage<Void> kept;
    synchronized (this) {
      kept = lastKept;
    }
    return kept.handle((_, _) -> question).thenCompose(readers::ask);
  }

  /** A turn that this key has kept. */
  public CompletionStage<Optional<StoredResponse>> find(
      String organisation, String keyId, String id) {
    return ask(connection -> find(connection, organisation, keyId, id));
  }

  /**
   * The turns in whose answers some items are, each turn once; of those that are not there, none.
   * Empty where they are more than {@code most} bytes together, or too many items are named.
   */
  public CompletionStage<List<StoredResponse>> ofItems(
      String organisation, String keyId, Set<String> items, long most) {
    return ask(connection -> {
      var turns = new ArrayList<StoredResponse>();
      long left = most;
      for (String id : holders(connection, organisation, keyId, items)) {
        Optional<StoredResponse> turn = find(connection, organisation, keyId, id);
        turn.ifPresent(turns::add);
        left -= turn.map(found -> (long) found.response().length).orElse(0L);
        if (left < 0) {
          return List.of();
        }
      }
      return turns;
    });
  }

  private static Set<String> holders(
      Connection connection, String organisation, String keyId, Set<String> items)
      throws SQLException {
    var ids = new LinkedHashSet<String>();
    if (items.size() > LONGEST_CHAIN) {
      return ids;
    }
    try (PreparedStatement ask = connection.prepareStatement(OF_ITEM)) {
      ask.setString(1, organisation);
      ask.setString(2, keyId);
      for (String item : items) {
        ask.setString(3, item);
        try (ResultSet rows = ask.executeQuery()) {
          if (rows.next()) {
            ids.add(rows.getString(1));
          }
        }
      }
    }
    return ids;
  }

  /**
   * A turn and those before it, the first one first; empty where one of them is not there, or they
   * are more than {@code most} bytes together.
   */
  public CompletionStage<List<StoredResponse>> upTo(
      String organisation, String keyId, String id, long most) {
    return ask(connection -> {
      var turns = new ArrayList<StoredResponse>();
      long left = most;
      Optional<String> next = Optional.of(id);
      while (next.isPresent()) {
        Optional<StoredResponse> turn = find(connection, organisation, keyId, next.get());
        left -= turn.map(found -> (long) found.input().length + found.response().length).orElse(0L);
        if (turn.isEmpty() || left < 0 || turns.size() == LONGEST_CHAIN) {
          return List.of();
        }
        turns.addFirst(turn.get());
        next = turn.get().previous();
      }
      return turns;
    });
  }

  /** Whether there was such a turn of this key; it is gone. */
  public CompletionStage<Boolean> forget(String organisation, String keyId, String id) {
    return writer.submit(connection -> {
      String sql = "DELETE FROM response WHERE organisation = ? AND api_key = ? AND id = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, organisation);
        delete.setString(2, keyId);
        delete.setString(3, id);
        return delete.executeUpdate() > 0;
      }
    });
  }

  private Optional<StoredResponse> find(
      Connection connection, String organisation, String keyId, String id) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(FOUND)) {
      ask.setString(1, organisation);
      ask.setString(2, keyId);
      ask.setString(3, id);
      ask.setLong(4, Micros.of(clock.instant()));
      try (ResultSet rows = ask.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new StoredResponse(
                    organisation,
                    keyId,
                    rows.getString(1),
                    Optional.ofNullable(rows.getString(2)),
                    Micros.toInstant(rows.getLong(3)),
                    rows.getBytes(4),
                    rows.getBytes(5)))
            : Optional.empty();
      }
    }
  }
}
