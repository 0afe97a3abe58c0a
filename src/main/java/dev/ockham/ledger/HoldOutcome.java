package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What became of a {@link HoldRequest}. */
public sealed interface HoldOutcome {
  /** Set aside, in the journal, in every matching budget at once. */
  record Held(Hold hold, Room room) implements HoldOutcome {}

  /** It does not fit into some budget or rate limit; nothing is held in any. */
  record Refused(BudgetRefusal why) implements HoldOutcome {}

  /** This node's share of a budget is used up and more was asked for. Not with a single node. */
  record AwaitLease(CompletionStage<HoldOutcome> lease) implements HoldOutcome {}

  /**
   * The journal cannot take another call, because its disk is full or failing. Calls under way
   * settle; this one should be answered with 503 and {@code Retry-After}.
   */
  record Unavailable(String why, Duration retryAfter) implements HoldOutcome {}

  /**
   * How much there is left for a caller beside this call.
   *
   * @param tightest the hard budget with the least left; empty where none binds
   * @param over soft budgets that are past their limit
   * @param toppedUp whether what is held must grow with what is streamed
   */
  record Room(Optional<Remaining> tightest, List<Scope> over, boolean toppedUp) {
    static final Room UNBOUND = new Room(Optional.empty(), List.of(), false);
  }
}
