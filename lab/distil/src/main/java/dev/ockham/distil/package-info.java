/** Distils a sentence encoder into one vector per vocabulary piece. Runs once; its result is a resource of the product. */
@NullMarked
package dev.ockham.distil;

import org.jspecify.annotations.NullMarked;
