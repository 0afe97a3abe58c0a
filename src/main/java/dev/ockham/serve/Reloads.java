package dev.ockham.serve;

import dev.ockham.config.ConfigProblem;
import dev.ockham.serve.Reload.Outcome;
import dev.ockham.serve.Reload.Refused;
import dev.ockham.serve.Reload.Taken;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads of one server: one at a time, told to the log, and the last one remembered. */
final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  private final Reload reload;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile Optional<Refused> lastRefused = Optional.empty();

  Reloads(Reload reload) {
    this.reload = reload;
  }

  /** Blocks. */
  synchronized Outcome now() {
    Outcome outcome = reload.reload();
    switch (outcome) {
      case Taken(var routes, var catalog, var warnings) -> {
        taken.incrementAndGet();
        lastRefused = Optional.empty();
        LOG.info("settings reloaded: routes {}, catalog {}", routes, catalog);
        warnings.forEach(LOG::warn);
      }
      case Refused why -> {
        refused.incrementAndGet();
        lastRefused = Optional.of(why);
        for (ConfigProblem problem : why.problems()) {
          LOG.error("settings not reloaded: {}: {}", why.source(), problem);
        }
      }
    }
    return outcome;
  }

  /** Why the settings in force are older than the file; empty where they are not. */
  Optional<Refused> lastRefused() {
    return lastRefused;
  }

  long taken() {
    return taken.get();
  }

  long refused() {
    return refused.get();
  }
}
