/** What is kept: the database that the journal drains into, keys, budgets and records. */
@NullMarked
package dev.ockham.store;

import org.jspecify.annotations.NullMarked;
