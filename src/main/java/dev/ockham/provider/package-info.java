/**
 * How models are called: attempts, their failures and fallbacks, over an HTTP client per event
 * loop.
 */
@NullMarked
package dev.ockham.provider;

import org.jspecify.annotations.NullMarked;
