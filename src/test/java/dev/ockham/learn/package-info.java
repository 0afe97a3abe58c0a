/** Tests of the room {@code learn}. */
@NullMarked
package dev.ockham.learn;

import org.jspecify.annotations.NullMarked;
