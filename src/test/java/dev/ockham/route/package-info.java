/** The router decides as it says it does. */
@NullMarked
package dev.ockham.route;

import org.jspecify.annotations.NullMarked;
