package dev.ockham.ledger;

import dev.ockham.policy.Caller;

/** Asks that the worst case of one attempt be set aside in every budget of its caller. */
public record HoldRequest(RequestId request, AttemptId attempt, Caller caller, Quote quote) {}
