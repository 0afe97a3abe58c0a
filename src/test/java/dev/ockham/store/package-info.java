@NullMarked
package dev.ockham.store;

import org.jspecify.annotations.NullMarked;
