/** Tests of the room {@code lab}. */
@NullMarked
package dev.ockham.lab;

import org.jspecify.annotations.NullMarked;
