package dev.ockham.serve;

import java.time.Duration;
import java.util.Set;

/**
 * What is permitted of batches.
 *
 * @param kept how long a batch and its files are kept from their making on
 * @param providers names of endpoints that offer batches of their own
 * @param look how often a provider is asked how far a batch is
 * @param atOnce items that are served alone at the same time
 */
public record BatchSettings(Duration kept, Set<String> providers, Duration look, int atOnce) {
  private static final Duration USUAL_LOOK = Duration.ofSeconds(30);
  private static final int USUALLY_AT_ONCE = 16;

  public BatchSettings {
    providers = Set.copyOf(providers);
  }

  /** Asks providers twice a minute, and serves 16 items at the same time. */
  public static BatchSettings keeping(Duration kept, Set<String> providers) {
    return new BatchSettings(kept, providers, USUAL_LOOK, USUALLY_AT_ONCE);
  }
}
