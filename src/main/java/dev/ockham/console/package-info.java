/** The operator's screens, served from the jar. */
@NullMarked
package dev.ockham.console;

import org.jspecify.annotations.NullMarked;
