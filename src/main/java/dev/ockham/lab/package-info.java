/**
 * Offline truth: recorded outcomes are read, weights are trained on them, and every claim is
 * measured.
 */
@NullMarked
package dev.ockham.lab;

import org.jspecify.annotations.NullMarked;
