package dev.ockham.ledger;

import dev.ockham.catalog.Money;

/**
 * A budget and how its current period stands.
 *
 * @param limit with what it is increased by now
 * @param beyond what calls under way may cost beyond what is held for them: the most that can go
 *     past the limit
 */
public record BudgetStanding(
    Budget budget, Budget.Span span, Money limit, Money spent, Money held, Money beyond) {}
