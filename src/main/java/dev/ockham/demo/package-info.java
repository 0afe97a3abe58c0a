/**
 * The whole product on real questions: a fleet of local servers that answer as ten models once did,
 * the real gateway in front of it, and what that came to, computed a second time without the
 * ledger.
 */
@NullMarked
package dev.ockham.demo;

import org.jspecify.annotations.NullMarked;
