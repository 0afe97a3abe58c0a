/**
 * Which run a request belongs to: conversations, so that a model is not switched in the middle of
 * one.
 */
@NullMarked
package dev.ockham.agent;

import org.jspecify.annotations.NullMarked;
