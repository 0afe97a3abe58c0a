package dev.ockham.demo;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How a run goes.
 *
 * @param questions how many of the held-out questions are asked, 1 to {@link #MOST_QUESTIONS}
 * @param folder where the run keeps its store and its receipts; must be there
 * @param random for keys and credentials, so give a {@link java.security.SecureRandom}
 * @param nanos monotonic time
 */
public record DemoSettings(
    int questions, Path folder, InstantSource clock, RandomGenerator random, LongSupplier nanos) {
  public static final int DEFAULT_QUESTIONS = 500;
  public static final int MOST_QUESTIONS = DemoData.HELD_OUT;

  public DemoSettings {
    if (questions < 1 || questions > MOST_QUESTIONS) {
      throw new IllegalArgumentException(
          "questions " + questions + " (expected: 1 to " + MOST_QUESTIONS + ")");
    }
  }
}
