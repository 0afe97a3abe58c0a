/**
 * What is said: requests, messages and events in one neutral form that every dialect maps to and
 * from.
 */
@NullMarked
package dev.ockham.chat;

import org.jspecify.annotations.NullMarked;
