package dev.ockham.store;

import dev.ockham.ledger.Micros;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Who changed something about routes, why and when, for whoever asks later.
 *
 * @param organisation whose gateway it is
 * @param author a pseudonymous reference
 * @param note in a person's words; may be empty
 */
public record Change(String organisation, String author, String note, Instant at) {
  private static final int LONGEST = 500;

  public Change {
    note = note.length() <= LONGEST ? note : note.substring(0, LONGEST);
    at = Micros.toInstant(Micros.of(at));
  }

  /** Into three columns that follow each other. */
  void bind(PreparedStatement row, int column) throws SQLException {
    row.setString(column, author);
    row.setString(column + 1, note);
    row.setLong(column + 2, Micros.of(at));
  }
}
