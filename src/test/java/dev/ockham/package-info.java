@NullMarked
package dev.ockham;

import org.jspecify.annotations.NullMarked;
