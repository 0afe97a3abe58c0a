@NullMarked
package dev.ockham.provider;

import org.jspecify.annotations.NullMarked;
