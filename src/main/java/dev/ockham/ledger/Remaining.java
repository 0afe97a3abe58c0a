package dev.ockham.ledger;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * What may still be spent.
 *
 * @param resetsAt when its period ends; empty for one without an end
 */
public record Remaining(Scope scope, Money amount, Optional<Instant> resetsAt) {}
