/**
 * Measures Ockham against the floor: one machine, one run, a mock upstream, nginx, a bare Vert.x
 * proxy and Ockham with everything on, taken in turns.
 */
@NullMarked
package dev.ockham.bench;

import org.jspecify.annotations.NullMarked;
