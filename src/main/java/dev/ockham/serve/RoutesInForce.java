package dev.ockham.serve;

import dev.ockham.config.ConfigProblem;
import dev.ockham.config.RouteDocument;
import dev.ockham.route.Adoption;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Fleet;
import dev.ockham.route.Route;
import dev.ockham.store.Bypasses;
import dev.ockham.store.CatalogVersions;
import dev.ockham.store.Change;
import dev.ockham.store.RouteVersions;
import dev.ockham.store.RouteVersions.Origin;
import dev.ockham.store.RouteVersions.Version;
import dev.ockham.store.Rungs;
import dev.ockham.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet that decisions are made with: the file's, with the routes that were published since it
 * was changed and as far as they were let go. A change makes a new one, and the next request on any
 * loop sees it. Requests under way keep theirs.
 */
final class RoutesInForce {
  private static final Logger LOG = LoggerFactory.getLogger(RoutesInForce.class);
  private static final String NOTHING = "nothing";

  private final Supplier<Fleet> file;
  private final RouteVersions versions;
  private final Rungs rungs;
  private final Bypasses bypasses;
  private final CatalogVersions catalogs;
  private final InstantSource clock;

  /** Versions that were read before, by label: a reload on an event loop reads none again. */
  private final Map<String, Route> read = new ConcurrentHashMap<>();

  private volatile Composed composed;

  /**
   * @param file what it was made of
   */
  private record Composed(Fleet file, Fleet fleet) {}

  RoutesInForce(Supplier<Fleet> file, Store store, InstantSource clock) {
    this.file = file;
    this.versions = store.routeVersions();
    this.rungs = store.rungs();
    this.bypasses = store.bypasses();
    this.catalogs = store.catalogVersions();
    this.clock = clock;
    this.composed = compose(file.get());
  }

  @SuppressWarnings("ReferenceEquality") // another snapshot, not another content
  Fleet fleet() {
    Composed known = composed;
    return known.file == file.get() ? known.fleet : again().fleet;
  }

  /** Whether the router is broken through at an instant. */
  boolean isBypassed(Instant at) {
    return bypasses.at(at).isPresent();
  }

  /** What came of a publication. */
  sealed interface Publication {
    record Published(CompletionStage<Version> kept) implements Publication {}

    record Refused(List<ConfigProblem> problems) implements Publication {}
  }

  /** Puts a new version of a route in force, if there is nothing wrong with it. */
  synchronized Publication publish(String name, String text, Change change) {
    if (!name.matches("[A-Za-z0-9~][A-Za-z0-9._:/@~-]{0,199}") || models(fleet()).contains(name)) {
      return new Publication.Refused(
          List.of(
              new ConfigProblem(
                  0, "routes", name, "a name of letters, digits and . _ - that no model has")));
    }
    return switch (RouteDocument.read(name, text, models(fleet()))) {
      case RouteDocument.Outcome.Invalid(var problems) -> new Publication.Refused(problems);
      case RouteDocument.Outcome.Read(Route route) -> {
        var kept = versions.publish(name, Origin.PUBLISHED, RouteDocument.write(route), change);
        again();
        yield new Publication.Published(kept);
      }
    };
  }

  /** Puts a known version in force; the one before the present one where none is named. */
  synchronized Optional<CompletionStage<Version>> rollBack(
      String name, Optional<Integer> number, Change change) {
    Optional<Version> target =
        number.isPresent()
            ? versions.find(name, number.get())
            : versions.inForce(name).flatMap(now -> versions.find(name, now.number() - 1));
    return target.map(version -> {
      var kept = versions.activate(version, change);
      again();
      return kept;
    });
  }

  /** Lets the routes go so far in a scope, from the next request on. */
  synchronized CompletionStage<Void> set(String scope, Rung rung, Change change) {
    var kept = rungs.set(new Rungs.Setting(scope, rung, said(file.get(), scope), change));
    again();
    return kept;
  }

  private synchronized Composed again() {
    composed = compose(file.get());
    return composed;
  }

  private Composed compose(Fleet base) {
    noteChangesOf(base);
    var _ = catalogs.keep("default", base.catalog(), clock.instant());
    var routes = new HashMap<String, Route>();
    for (Version version : versions.inForce()) {
      route(version, base).ifPresent(route -> routes.put(version.route(), route));
    }
    // a published version that has lost its models does not take the file's route with it
    base.routes().forEach(routes::putIfAbsent);
    return new Composed(base, base.with(routes, adoption(base)));
  }

  /** A route that reads otherwise than the file's last version of it is a new one. */
  private void noteChangesOf(Fleet base) {
    for (Route route : base.routes().values()) {
      String document = RouteDocument.write(route);
      boolean known =
          versions.of(route.name()).reversed().stream()
              .filter(version -> version.origin() == Origin.FILE)
              .findFirst()
              .filter(version -> version.document().equals(document))
              .isPresent();
      if (!known) {
        var change = new Change("default", "file", "read from the configuration", clock.instant());
        var _ = versions.publish(route.name(), Origin.FILE, document, change);
      }
    }
  }

  private Optional<Route> route(Version version, Fleet base) {
    Route own = base.routes().get(version.route());
    if (own != null && RouteDocument.write(own).equals(version.document())) {
      return Optional.of(own.versioned(version.label()));
    }
    if (version.origin() == Origin.FILE && own == null) {
      return Optional.empty();
    }
    Route known = read.get(version.label());
    if (known != null && models(base).containsAll(known.modelNames())) {
      return Optional.of(known);
    }
    return switch (RouteDocument.read(version.route(), version.document(), models(base))) {
      case RouteDocument.Outcome.Read(Route route) -> {
        Route named = route.versioned(version.label());
        read.put(version.label(), named);
        yield Optional.of(named);
      }
      case RouteDocument.Outcome.Invalid(var problems) -> {
        LOG.error("route version {} is left out: {}", version.label(), problems);
        yield Optional.empty();
      }
    };
  }

  /** What was set while the gateway ran counts until the file says something else of the scope. */
  private Adoption adoption(Fleet base) {
    Adoption adoption = base.adoption();
    for (Rungs.Setting setting : rungs.all().values()) {
      if (setting.insteadOf().equals(said(base, setting.scope()))) {
        adoption = adoption.with(setting.scope(), setting.rung());
      }
    }
    return adoption;
  }

  private static String said(Fleet base, String scope) {
    return Optional.ofNullable(base.adoption().rungs().get(scope))
        .map(Rung::toString)
        .orElse(NOTHING);
  }

  private static Set<String> models(Fleet fleet) {
    var names = new TreeSet<>(fleet.catalog().models().keySet());
    names.addAll(fleet.catalog().aliases().keySet());
    return names;
  }

  /** By scope, with who set it where it was set while the gateway ran. */
  Map<String, Rung> rungs() {
    return fleet().adoption().rungs();
  }
}
