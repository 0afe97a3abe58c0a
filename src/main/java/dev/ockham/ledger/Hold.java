package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.List;

/**
 * Money set aside for one attempt. It ends in exactly one settlement or release.
 *
 * @param scopes whose budgets it is held against, widest first
 * @param at when it was made, to the microsecond; decides the period it belongs to
 * @param nanos nanodollars set aside, rounded up; zero where no price is known
 */
public record Hold(
    RequestId request,
    AttemptId attempt,
    String organisation,
    List<Scope> scopes,
    Quote quote,
    Instant at,
    long nanos) {
  public Hold {
    scopes = List.copyOf(scopes);
  }
}
