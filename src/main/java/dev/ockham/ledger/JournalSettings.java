package dev.ockham.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param folder of its own; it must exist
 * @param segmentBytes at least {@value #SMALLEST_SEGMENT}
 * @param syncInterval what a power cut may lose
 */
public record JournalSettings(Path folder, int segmentBytes, Duration syncInterval) {
  public static final int SMALLEST_SEGMENT = 64 << 10;

  public JournalSettings {
    if (segmentBytes < SMALLEST_SEGMENT) {
      throw new IllegalArgumentException(
          "journal segment of "
              + segmentBytes
              + " bytes (expected: at least "
              + SMALLEST_SEGMENT
              + ")");
    }
  }
}
