package dev.ockham.ledger;

import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import java.time.Duration;
import java.util.List;

/**
 * Asks that one attempt be set aside for in every budget of its scopes.
 *
 * @param scopes the caller's and those that lie across, such as the model; each at most once
 * @param retry whether the same request was held for before, for another model
 * @param watched whether budgets only watch it and refuse nothing, as while an operator's bypass
 *     lasts; what it costs is booked all the same, and rate limits hold
 * @param lease how long it may be under way; who has not ended it by then is taken for dead
 */
public record HoldRequest(
    RequestId request,
    AttemptId attempt,
    Caller caller,
    List<Scope> scopes,
    Quote quote,
    boolean retry,
    boolean watched,
    Duration lease) {
  private static final Duration USUAL_LEASE = Duration.ofMinutes(30);

  public HoldRequest {
    scopes = List.copyOf(scopes);
  }

  /** In the caller's own scopes only. */
  public HoldRequest(RequestId request, AttemptId attempt, Caller caller, Quote quote) {
    this(request, attempt, caller, caller.scopes(), quote, false, false, USUAL_LEASE);
  }
}
