/** Tests of the room {@code report}. */
@NullMarked
package dev.ockham.report;

import org.jspecify.annotations.NullMarked;
