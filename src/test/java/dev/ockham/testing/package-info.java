/** Real parts for tests: a provider on loopback that says exactly what a test tells it to. */
@NullMarked
package dev.ockham.testing;

import org.jspecify.annotations.NullMarked;
