/**
 * Tests of the demo: the fleet of recorded models, the arithmetic beside the ledger, whole runs.
 */
@NullMarked
package dev.ockham.demo;

import org.jspecify.annotations.NullMarked;
