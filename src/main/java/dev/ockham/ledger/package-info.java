/** What it cost: holds and settlements against budgets, and the append-only journal behind them. */
@NullMarked
package dev.ockham.ledger;

import org.jspecify.annotations.NullMarked;
