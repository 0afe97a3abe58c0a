/** The gateway from outside: real clients, real providers' replies, real hang-ups. */
@NullMarked
package dev.ockham.serve;

import org.jspecify.annotations.NullMarked;
