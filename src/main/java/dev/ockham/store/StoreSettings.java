package dev.ockham.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What a store is opened with.
 *
 * @param folder made with mode 0700 if it is not there
 * @param random for keys and the pepper too, so give a {@link java.security.SecureRandom}
 * @param featuresKept how long feature vectors are kept; empty keeps none at all
 * @param syncInterval what a power cut may lose
 * @param journalSegment bytes per journal segment
 * @param isEventLoop tells threads on which nothing may block
 */
public record StoreSettings(
    Path folder,
    InstantSource clock,
    RandomGenerator random,
    Optional<Duration> featuresKept,
    Duration syncInterval,
    int journalSegment,
    Predicate<Thread> isEventLoop) {
  private static final int SEGMENT = 32 << 20;

  /** The defaults: features for 30 days, a sync every 20 ms, segments of 32 MiB. */
  public static StoreSettings of(Path folder, InstantSource clock, RandomGenerator random) {
    return new StoreSettings(
        folder,
        clock,
        random,
        Optional.of(Duration.ofDays(30)),
        Duration.ofMillis(20),
        SEGMENT,
        thread -> thread.getName().startsWith("vert.x-eventloop"));
  }

  public StoreSettings withFeaturesKept(Optional<Duration> kept) {
    return new StoreSettings(
        folder, clock, random, kept, syncInterval, journalSegment, isEventLoop);
  }

  public StoreSettings withJournalSegment(int bytes) {
    return new StoreSettings(folder, clock, random, featuresKept, syncInterval, bytes, isEventLoop);
  }

  void checkMayBlock() {
    Thread here = Thread.currentThread();
    if (isEventLoop.test(here)) {
      throw new IllegalStateException("the store would block the event loop " + here.getName());
    }
  }
}
