package dev.ockham.provider;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Puts an array into a Vert.x buffer without copying it, which the public factory does. */
public final class Bytes {
  private Bytes() {}

  /** The array must not change any more. */
  public static Buffer wrap(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
