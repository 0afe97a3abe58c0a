package dev.ockham.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process under load, killed with SIGKILL at some moment, over and over on one folder. */
final class KillTest {
  private static final long SEED = 20261122;

  @TempDir private Path parent;

  /** What the process said last of an attempt. */
  private record Said(UUID request, String step, long picos) {}

  @Test
  void killed_20_times_nothing_that_was_done_is_lost_and_every_call_ends_once()
      throws IOException, SQLException {
    kill(20, 2_500);
  }

  @Tag("long")
  @Test
  void killed_500_times_under_more_load() throws IOException, SQLException {
    kill(500, 60_000);
  }

  private void kill(int times, int mostLines) throws IOException, SQLException {
    var random = new SplittableRandom(SEED);
    Path folder = parent.resolve("data");
    Map<UUID, Said> said = new LinkedHashMap<>();
    for (int round = 0; round < times; round++) {
      int lines = random.nextInt(mostLines);
      int before = said.size();
      runAndKill(folder, lines, said);
      assertThat(said.size()).as("round %d did something", round).isGreaterThanOrEqualTo(before);
      Stores.open(folder).close();
      check(folder, said, "round " + round + " of seed " + SEED + ", killed after " + lines);
    }
    assertThat(said).hasSizeGreaterThan(times);
  }

  private static void runAndKill(Path folder, int lines, Map<UUID, Said> said) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      for (int seen = 0; line != null; seen++) {
        if (seen == lines) {
          // Through the handle, which leaves the output to be read to its end.
          process.toHandle().destroyForcibly();
        }
        hear(line, said);
        line = output.readLine();
      }
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** The last line may be cut off. */
  private static void hear(String line, Map<UUID, Said> said) {
    String[] words = line.split(" ", -1);
    if (words.length < 3 || words[0].length() != 36 || words[1].length() != 36) {
      return;
    }
    boolean settled = words[2].equals("settled");
    Said known = said.get(UUID.fromString(words[1]));
    long picos = known == null ? 0 : known.picos();
    if (settled && words.length == 4) {
      picos = Long.parseLong(words[3]);
    }
    said.put(UUID.fromString(words[1]), new Said(UUID.fromString(words[0]), words[2], picos));
  }

  private static void check(Path folder, Map<UUID, Said> said, String when) throws SQLException {
    Map<UUID, String> booked = new LinkedHashMap<>();
    Path file = folder.resolve("ockham.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      String sql =
          "SELECT a.id, coalesce(basis, 'voided'), posted_nanos * 1000 + rounding_picos,"
              + " r.id IS NOT NULL, dispatched IS NOT NULL"
              + " FROM attempt a LEFT JOIN request r ON r.id = a.request";
      try (PreparedStatement ask = connection.prepareStatement(sql);
          ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          String row =
              rows.getString(2)
                  + " "
                  + rows.getLong(3)
                  + " "
                  + rows.getBoolean(4)
                  + " "
                  + rows.getBoolean(5);
          assertThat(booked.put(Blobs.uuid(rows.getBytes(1)), row)).as(when).isNull();
        }
      }
      assertThat(number(connection, "SELECT count(*) FROM open_attempt")).as(when).isZero();
      assertThat(number(connection, "SELECT sum(posted_nanos) FROM spend"))
          .as(when)
          .isEqualTo(number(connection, "SELECT sum(posted_nanos) FROM attempt"));
    }
    said.forEach((attempt, last) -> check(last, booked.getOrDefault(attempt, "missing"), when));
  }

  private static void check(Said last, String row, String when) {
    switch (last.step()) {
      case "held" -> assertThat(row).as(when).isNotEqualTo("missing");
      case "dispatched" -> assertThat(row).as(when).endsWith("true").doesNotStartWith("voided");
      case "settled" -> assertThat(row).as(when).startsWith("reported " + last.picos() + " ");
      case "recorded" ->
          assertThat(row).as(when).isEqualTo("reported " + last.picos() + " true true");
      default -> throw new AssertionError(last.step());
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(sql);
        ResultSet rows = ask.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
