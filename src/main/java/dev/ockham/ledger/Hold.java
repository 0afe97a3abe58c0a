package dev.ockham.ledger;

import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.List;

/**
 * Money set aside for one attempt. It ends in exactly one settlement or release.
 *
 * @param scopes whose budgets it is held against, widest first
 * @param at when it was made, to the microsecond; decides the period it belongs to
 * @param nanos nanodollars of the worst case, rounded up, which strict budgets hold; zero where no
 *     price is known
 * @param likely nanodollars that the other budgets hold, never more than the worst case; grows with
 *     each top-up
 */
public record Hold(
    RequestId request,
    AttemptId attempt,
    String organisation,
    List<Scope> scopes,
    Quote quote,
    Instant at,
    long nanos,
    long likely) {
  public Hold {
    scopes = List.copyOf(scopes);
  }

  Hold toppedUpBy(long added) {
    return new Hold(
        request, attempt, organisation, scopes, quote, at, nanos, Math.addExact(likely, added));
  }
}
