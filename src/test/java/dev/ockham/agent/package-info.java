/** Conversations are recognised and kept. */
@NullMarked
package dev.ockham.agent;

import org.jspecify.annotations.NullMarked;
