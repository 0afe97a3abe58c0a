@NullMarked
package dev.ockham.ledger;

import org.jspecify.annotations.NullMarked;
