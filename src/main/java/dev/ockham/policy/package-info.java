/** Who asks and what is allowed: callers, their scopes, constraints and rules. */
@NullMarked
package dev.ockham.policy;

import org.jspecify.annotations.NullMarked;
