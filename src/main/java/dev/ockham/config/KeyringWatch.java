package dev.ockham.config;

import dev.ockham.catalog.Keyring;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the credentials in force up to date: reads their files again every few seconds, on a thread
 * of its own, and swaps the whole keyring when one has changed. What cannot be read or used stays
 * as it was.
 */
public final class KeyringWatch implements Supplier<Keyring>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyringWatch.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ockham-keyring").factory());
  private volatile Keyring inForce;
  private Optional<KeyringReader> reader;
  private Set<ConfigProblem> told = Set.of();

  private KeyringWatch(Optional<KeyringReader> reader, Keyring first) {
    this.reader = reader;
    this.inForce = first;
  }

  /**
   * Begins to watch.
   *
   * @param reader empty where nothing can change
   * @param first what was read at the start
   * @param period from one look to the next
   */
  public static KeyringWatch start(Optional<KeyringReader> reader, Keyring first, Duration period) {
    var watch = new KeyringWatch(reader, first);
    long millis = period.toMillis();
    var _ = watch.thread.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
    return watch;
  }

  @Override
  public Keyring get() {
    return inForce;
  }

  /** Goes on with another configuration's; to be called before its endpoints are in force. */
  public synchronized void replace(Optional<KeyringReader> other, Keyring now) {
    reader = other;
    take(new KeyringReader.Reading(now, List.of()));
  }

  /** A look that fails must not be the last one. */
  private synchronized void look() {
    try {
      reader.flatMap(keys -> keys.again(inForce)).ifPresent(this::take);
    } catch (RuntimeException bug) {
      LOG.error("credentials could not be read again: {}", bug.getClass().getName());
    }
  }

  private void take(KeyringReader.Reading reading) {
    Keyring last = inForce;
    Keyring now = reading.keyring();
    if (!now.equals(last)) {
      inForce = now;
      now.access()
          .forEach((name, access) -> {
            if (!access.equals(last.to(name))) {
              LOG.info("provider {}: changed credentials or certificates are in use", name);
            }
          });
      if (!now.server().equals(last.server())) {
        LOG.info("the server's changed certificate is in use");
      }
    }
    tell(reading.problems());
  }

  /** Each problem once, as long as it lasts. */
  private void tell(List<ConfigProblem> problems) {
    for (ConfigProblem problem : problems) {
      if (!told.contains(problem)) {
        LOG.warn("what was read last stays in use: {}", problem);
      }
    }
    told = new HashSet<>(problems);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
