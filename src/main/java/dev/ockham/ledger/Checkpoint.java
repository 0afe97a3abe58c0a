package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.List;

/** The books as the database has them at one position of the journal. */
public interface Checkpoint {
  /** Everything before it is in the database, nothing after it. */
  Position position();

  /** Attempts that have not ended at this position. */
  List<OpenAttempt> open();

  /** Nanodollars settled for this scope by attempts held within this span. May block. */
  long spent(String organisation, Scope scope, Budget.Span span);

  /** The latest instant that any attempt was held at, in microseconds. */
  long latestMicros();
}
