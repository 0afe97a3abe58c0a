/** Tests of the room that says what exists and what it costs. */
@NullMarked
package dev.ockham.catalog;

import org.jspecify.annotations.NullMarked;
