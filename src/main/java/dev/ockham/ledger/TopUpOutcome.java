package dev.ockham.ledger;

/** What became of asking for more while an answer streams. */
public sealed interface TopUpOutcome {
  /** So much is held now. */
  record Granted(Hold hold) implements TopUpOutcome {}

  /** There is no more; the stream should be cut. */
  record Refused(BudgetRefusal why) implements TopUpOutcome {}
}
