package dev.ockham.ledger;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What became of a {@link HoldRequest}. */
public sealed interface HoldOutcome {
  /** Set aside, in the journal, in every matching budget at once. */
  record Held(Hold hold) implements HoldOutcome {}

  /** It does not fit into some budget; nothing is held in any. */
  record Refused(BudgetRefusal why) implements HoldOutcome {}

  /** This node's share of a budget is used up and more was asked for. Not with a single node. */
  record AwaitLease(CompletionStage<HoldOutcome> lease) implements HoldOutcome {}

  /**
   * The journal cannot take another call, because its disk is full or failing. Calls under way
   * settle; this one should be answered with 503 and {@code Retry-After}.
   */
  record Unavailable(String why, Duration retryAfter) implements HoldOutcome {}
}
