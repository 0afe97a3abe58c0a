/**
 * Every client dialect against every provider dialect. The speakers here are written from the
 * dialects' specifications, and know nothing of {@code dev.ockham.dialect}.
 */
@NullMarked
package dev.ockham.conformance;

import org.jspecify.annotations.NullMarked;
