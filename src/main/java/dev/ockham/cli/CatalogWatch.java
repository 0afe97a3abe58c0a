package dev.ockham.cli;

import dev.ockham.catalog.CatalogFile;
import dev.ockham.catalog.CatalogMerge;
import dev.ockham.catalog.Model;
import dev.ockham.config.CatalogInForce;
import dev.ockham.config.CatalogReader;
import dev.ockham.config.Config;
import dev.ockham.store.ModelCaller;
import dev.ockham.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog of a running gateway: takes up the prices of a new day, fetches newer catalogs
 * where an address is configured, and names the callers of models that retire. What cannot be
 * believed is left out; where nothing comes, the last good catalog stays.
 */
final class CatalogWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);
  private static final Duration TICK = Duration.ofSeconds(20);
  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int NOTICE_DAYS = 60;
  private static final int MOST_TOLD = 20;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ockham-catalog").factory());
  private final CatalogFeed feed = new CatalogFeed();
  private final Set<String> told = new HashSet<>();
  private final ConfigReload settings;
  private final Store store;
  private final InstantSource clock;
  private String fetched = "";
  private LocalDate day;
  private long fetchedAt;

  private CatalogWatch(ConfigReload settings, Store store, InstantSource clock) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.day = today();
  }

  /** One that looks when it is told to. */
  static CatalogWatch of(ConfigReload settings, Store store, InstantSource clock) {
    return new CatalogWatch(settings, store, clock);
  }

  static CatalogWatch start(ConfigReload settings, Store store, InstantSource clock) {
    CatalogWatch watch = of(settings, store, clock);
    var _ =
        watch.thread.scheduleWithFixedDelay(watch::look, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** A look that fails must not be the last one. */
  void look() {
    try {
      LocalDate now = today();
      boolean newDay = !now.equals(day);
      day = now;
      Config.CatalogSource source = settings.current().config().catalog();
      if (source.url().isPresent() && isDue(source.every())) {
        fetch(source.url().get());
      } else if (newDay) {
        settings.takeCatalog(settings.current().facts(), day);
        retiring(settings.current().facts());
      }
    } catch (RuntimeException bug) {
      LOG.error("the catalog could not be looked after: {}", bug.getClass().getName());
    }
  }

  private boolean isDue(Duration every) {
    long now = clock.millis();
    boolean due = fetchedAt == 0 || now - fetchedAt + 1 >= every.toMillis();
    if (due) {
      fetchedAt = now;
    }
    return due;
  }

  private void fetch(String url) {
    switch (feed.fetch(url, fetched)) {
      case CatalogFeed.Fetched.Unchanged() -> retiring(settings.current().facts());
      case CatalogFeed.Fetched.Failed(String why) ->
          LOG.warn("the catalog in force stays: {}", why);
      case CatalogFeed.Fetched.Catalog(byte[] bytes, String sha256) -> {
        switch (CatalogReader.read(bytes)) {
          case CatalogReader.Outcome.Invalid(var problems) ->
              LOG.warn(
                  "the catalog in force stays: {} has {} problems, the first: {}",
                  url,
                  problems.size(),
                  problems.getFirst());
          case CatalogReader.Outcome.Read(CatalogFile newer) -> take(newer, sha256);
        }
      }
    }
  }

  private void take(CatalogFile newer, String sha256) {
    try {
      Settings current = settings.current();
      CatalogMerge.Merged merged =
          CatalogInForce.keep(current.facts(), newer, current.config().data().folder(), day);
      fetched = sha256;
      settings.takeCatalog(merged.catalog(), day);
      merged.refused().stream().limit(MOST_TOLD).forEach(each -> LOG.warn("refused: {}", each));
      LOG.info(
          "catalog {} is in force: {} changed, {} new, {} refused",
          newer.version(),
          merged.changed().size(),
          merged.added().size(),
          merged.refused().size());
      retiring(merged.catalog());
    } catch (IOException e) {
      LOG.warn("the catalog in force stays: the data folder takes no file: {}", e.getMessage());
    }
  }

  /** Tells once of each configured model that its provider gives up soon, and who calls it. */
  private void retiring(CatalogFile facts) {
    Config config = settings.current().config();
    for (Model model : settings.models()) {
      Config.Provider provider = config.providers().get(model.endpoint().name());
      Optional<LocalDate> last =
          provider == null
              ? Optional.empty()
              : facts
                  .facts(provider.catalogName(), model.upstreamName())
                  .flatMap(CatalogFile.Facts::retires);
      if (last.isPresent()
          && !last.get().isAfter(day.plusDays(NOTICE_DAYS))
          && told.add(model.id() + last.get())) {
        List<ModelCaller> callers =
            store
                .callers(model.id(), clock.instant().minus(LOOK_BACK))
                .toCompletableFuture()
                .join();
        LOG.warn(
            "model {} retires on {}; called in {} days by {}",
            model.id(),
            last.get(),
            LOOK_BACK.toDays(),
            callers.isEmpty() ? "nobody" : callers);
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
