/**
 * How we know which model is good enough for a text: a token-table encoder and the ability model
 * fitted on recorded outcomes. Pure: bytes and strings in, values out.
 */
@NullMarked
package dev.ockham.learn;

import org.jspecify.annotations.NullMarked;
