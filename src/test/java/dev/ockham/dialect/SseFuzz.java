package dev.ockham.dialect;

/** Server-sent events of any bytes. */
public final class SseFuzz {
  private SseFuzz() {}

  /** Called by the fuzzer; what it throws is a bug. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzFrames.check(input, SseReader::new);
  }
}
