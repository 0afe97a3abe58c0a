/**
 * The bill X-ray: logs and usage exports are read where they lie, and say where the money went,
 * before any traffic moves.
 */
@NullMarked
package dev.ockham.lab.xray;

import org.jspecify.annotations.NullMarked;
