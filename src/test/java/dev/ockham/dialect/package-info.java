/** Tests of the dialects, on payloads shaped like the real ones. */
@NullMarked
package dev.ockham.dialect;

import org.jspecify.annotations.NullMarked;
