package dev.ockham.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.RunningGateway;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns that clients asked to keep. */
class ResponsesTest {
  private static final byte[] JSON = {'{', '}'};

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void a_chain_is_whole_or_not_there() {
    try (Store store = open()) {
      Responses turns = store.responses();
      keep(turns, "a", Optional.empty());
      keep(turns, "b", Optional.of("a"));
      keep(turns, "c", Optional.of("b"));

      assertThat(upTo(turns, "c", 100)).containsExactly("a", "b", "c");
      assertThat(upTo(turns, "c", 11)).isEmpty();
      assertThat(RunningGateway.get(turns.forget("default", "k", "a"))).isTrue();
      assertThat(upTo(turns, "c", 100)).isEmpty();
    }
  }

  @Test
  void a_chain_that_bites_its_tail_ends() {
    try (Store store = open()) {
      keep(store.responses(), "a", Optional.of("a"));

      assertThat(upTo(store.responses(), "a", Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void what_has_expired_is_deleted() throws SQLException {
    try (Store store = open()) {
      keep(store.responses(), "a", Optional.empty());
    }
    assertThat(rows()).isEqualTo(1);
    now = now.plus(Duration.ofDays(2));
    try (Store store = open()) {
      RunningGateway.get(store.drained());
    }
    assertThat(rows()).isZero();
  }

  private Store open() {
    return RunningGateway.open(StoreSettings.of(folder, () -> now, new SecureRandom()));
  }

  private void keep(Responses turns, String id, Optional<String> previous) {
    Instant expires = now.plus(Duration.ofDays(1));
    RunningGateway.get(
        turns.keep(new StoredResponse("default", "k", id, previous, expires, JSON, JSON)));
  }

  private static List<String> upTo(Responses turns, String id, long most) {
    return RunningGateway.get(turns.upTo("default", "k", id, most)).stream()
        .map(StoredResponse::id)
        .toList();
  }

  private int rows() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ockham.db"));
        Statement ask = connection.createStatement();
        ResultSet rows = ask.executeQuery("SELECT count(*) FROM response")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
