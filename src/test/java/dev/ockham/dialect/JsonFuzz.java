package dev.ockham.dialect;

import dev.ockham.chat.Dialect;

/** Requests of any bytes, in every dialect: read or refused, and nothing else. */
public final class JsonFuzz {
  private JsonFuzz() {}

  /** Called by the fuzzer; what it throws is a bug. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (Dialect dialect : Dialect.values()) {
      DecodeOutcome outcome =
          Wire.of(dialect).decode(new PathSays("model", true, false), input.clone());
      if (outcome instanceof DecodeOutcome.Malformed(var error) && error.status() != 400) {
        throw new IllegalStateException(dialect + ": " + error);
      }
    }
  }
}
