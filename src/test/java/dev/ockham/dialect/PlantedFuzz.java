package dev.ockham.dialect;

/** A bug that five bytes bring about: a fuzzer that does not find it finds nothing. */
public final class PlantedFuzz {
  private static final String FIVE = "razor";

  private PlantedFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (int i = 0; i < FIVE.length(); i++) {
      if (input.length <= i || input[i] != FIVE.charAt(i)) {
        return;
      }
    }
    throw new IllegalStateException("the planted bug");
  }
}
