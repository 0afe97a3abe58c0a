/** The clients people use, in the versions named in {@code clients/}, against a real gateway. */
@NullMarked
package dev.ockham.clients;

import org.jspecify.annotations.NullMarked;
