/**
 * How everyone speaks: one file per dialect, both directions, and the edits a pass-through makes.
 */
@NullMarked
package dev.ockham.dialect;

import org.jspecify.annotations.NullMarked;
