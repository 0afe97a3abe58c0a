/** What it means: savings and comparisons, computed from what the ledger kept. */
@NullMarked
package dev.ockham.report;

import org.jspecify.annotations.NullMarked;
