/** Settings: one YAML file read into records, every problem reported at once. */
@NullMarked
package dev.ockham.config;

import org.jspecify.annotations.NullMarked;
