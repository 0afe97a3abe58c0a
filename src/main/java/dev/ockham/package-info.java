/** Ockham: one endpoint in front of every model. {@link dev.ockham.Main} is where it starts. */
@NullMarked
package dev.ockham;

import org.jspecify.annotations.NullMarked;
