/** What providers, networks and clients do wrong, and what is promised then. */
@NullMarked
package dev.ockham.faults;

import org.jspecify.annotations.NullMarked;
