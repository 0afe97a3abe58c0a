package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Turns of OpenAI's Responses that clients asked to keep. All of it is done by the writing thread,
 * in the order it was asked for: a client that has seen its answer finds it kept.
 */
public final class Responses {
  /** Turns of one conversation; a longer one cannot be gone on with. */
  private static final int LONGEST_CHAIN = 1_000;

  private static final String FOUND =
      "SELECT id, previous, expires, input, response FROM response"
          + " WHERE organisation = ? AND api_key = ? AND id = ? AND expires > ?";

  private final Writer writer;
  private final InstantSource clock;

  Responses(Writer writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** Keeps a turn; one of the same name and key is replaced. */
  public CompletionStage<Void> keep(StoredResponse turn) {
    return writer.submitErrand(connection -> {
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
    });
  }

  /** A turn that this key has kept. */
  public CompletionStage<Optional<StoredResponse>> find(
      String organisation, String keyId, String id) {
    return writer.submit(connection -> find(connection, organisation, keyId, id));
  }

  /**
   * A turn and those before it, the first one first; empty where one of them is not there, or they
   * are more than {@code most} bytes together.
   */
  public CompletionStage<List<StoredResponse>> upTo(
      String organisation, String keyId, String id, long most) {
    return writer.submit(connection -> {
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
