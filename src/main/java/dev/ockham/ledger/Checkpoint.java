package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The books as the database has them at one position of the journal. */
public interface Checkpoint {
  /** Everything before it is in the database, nothing after it. */
  Position position();

  /** Attempts that have not ended at this position. */
  List<OpenAttempt> open();

  /**
   * Nanodollars settled by attempts held within this span: for the scope, or where it stands for
   * every one of a kind, for each of them that has any. May block.
   */
  Map<Scope, Long> spent(String organisation, Scope scope, Budget.Span span);

  /** The latest attempts that ended with a reported usage, oldest first; at most so many. */
  List<PastCost> latestCosts(int most);

  /**
   * Of the attempts that have not ended, those that go on without the process that began them,
   * because their provider answers later.
   */
  default Set<AttemptId> goingOn() {
    return Set.of();
  }

  /** The latest instant that any attempt was held at, in microseconds. */
  long latestMicros();

  /**
   * What one call cost, and what it might have.
   *
   * @param key the public part of its key
   * @param cost nanodollars
   * @param worst nanodollars
   */
  record PastCost(String organisation, String model, String key, long cost, long worst) {}
}
