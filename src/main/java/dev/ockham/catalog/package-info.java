/** What exists: models, what they can do and what they cost, as immutable versioned snapshots. */
@NullMarked
package dev.ockham.catalog;

import org.jspecify.annotations.NullMarked;
