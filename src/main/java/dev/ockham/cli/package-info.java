/** The commands a person types. */
@NullMarked
package dev.ockham.cli;

import org.jspecify.annotations.NullMarked;
