/** The path of a request, from bytes in to bytes out; ChatEndpoint is the method to read first. */
@NullMarked
package dev.ockham.serve;

import org.jspecify.annotations.NullMarked;
