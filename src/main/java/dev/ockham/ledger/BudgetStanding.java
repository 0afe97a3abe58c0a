package dev.ockham.ledger;

import dev.ockham.catalog.Money;

/** A budget and how its current period stands. */
public record BudgetStanding(Budget budget, Budget.Span span, Money spent, Money held) {}
