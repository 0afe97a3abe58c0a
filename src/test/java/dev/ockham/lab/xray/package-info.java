@NullMarked
package dev.ockham.lab.xray;

import org.jspecify.annotations.NullMarked;
