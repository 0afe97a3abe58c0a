/** Tests of reading settings and the shipped catalog. */
@NullMarked
package dev.ockham.config;

import org.jspecify.annotations.NullMarked;
