/** What is best: candidates, scores and the decision with its whole explanation. */
@NullMarked
package dev.ockham.route;

import org.jspecify.annotations.NullMarked;
