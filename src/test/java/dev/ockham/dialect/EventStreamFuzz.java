package dev.ockham.dialect;

/** AWS's event stream of any bytes. */
public final class EventStreamFuzz {
  private EventStreamFuzz() {}

  /** Called by the fuzzer; what it throws is a bug. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzFrames.check(input, EventStreamReader::new);
  }
}
