/** Tests of the commands, as a person at a terminal sees them. */
@NullMarked
package dev.ockham.cli;

import org.jspecify.annotations.NullMarked;
