package dev.ockham.route;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Model;
import dev.ockham.policy.Caller;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a decision reads beside the request, as one immutable snapshot: what exists, how it is
 * chosen, and what is known of ability.
 *
 * @param routes by name
 * @param defaultRoute the route that {@code auto} means, and that says what it would have chosen
 *     where a request names a model
 * @param version names this set of routes in every record made with it
 * @param adoption how far the routes may go
 */
public record Fleet(
    Catalog catalog,
    Map<String, Route> routes,
    String defaultRoute,
    Scorer scorer,
    String version,
    Adoption adoption) {
  /** The name that always means the default route. */
  public static final String AUTO = "auto";

  /** Where nothing is set about how far routes may go. */
  public Fleet(
      Catalog catalog,
      Map<String, Route> routes,
      String defaultRoute,
      Scorer scorer,
      String version) {
    this(catalog, routes, defaultRoute, scorer, version, Adoption.NONE);
  }

  /**
   * @throws IllegalArgumentException if the default route, or a model that a route names, does not
   *     exist; configuration is checked before it comes here
   */
  public Fleet {
    routes = Map.copyOf(routes);
    if (!routes.containsKey(defaultRoute)) {
      throw new IllegalArgumentException(
          "default route \"" + defaultRoute + "\" (expected: one of " + routes.keySet() + ")");
    }
    for (Route route : routes.values()) {
      for (String name : route.modelNames()) {
        if (catalog.find(name).isEmpty()) {
          throw new IllegalArgumentException(
              "route \""
                  + route.name()
                  + "\" names model \""
                  + name
                  + "\" (expected: a known one)");
        }
      }
    }
  }

  /** The route of this name; {@link #AUTO} is the default route. */
  public Optional<Route> route(String name) {
    Route own = routes.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    return name.equals(AUTO) ? Optional.of(automatic()) : Optional.empty();
  }

  /**
   * What a conversation's pin holds for: the route, and the model's name as well where the client
   * named one, because a client that names another wants another.
   */
  public String grounds(String requested, Route route) {
    return route(requested).isPresent() ? route.name() : route.name() + " for " + requested;
  }

  /** The default route. */
  public Route automatic() {
    return Optional.ofNullable(routes.get(defaultRoute)).orElseThrow();
  }

  /** A model that a route names, and that therefore exists. */
  Model model(String name) {
    return catalog.find(name).orElseThrow();
  }

  /** Whether a key that is bound to some names may use whatever this route chooses. */
  boolean mayUse(Caller caller, Route route) {
    return caller.mayUse(route.name())
        || (route.name().equals(defaultRoute) && caller.mayUse(AUTO));
  }

  /** Whether a key may use this model, under any of its names. */
  boolean mayUse(Caller caller, Model model) {
    if (caller.mayUse(model.id())) {
      return true;
    }
    for (String name : caller.allowed()) {
      Optional<Model> named = catalog.find(name);
      if (named.isPresent() && named.get().id().equals(model.id())) {
        return true;
      }
    }
    return false;
  }

  Explanation.Versions versions(Route route) {
    String own = route.version().isEmpty() ? version : route.version();
    return new Explanation.Versions(catalog.version(), own, scorer.version());
  }

  /** This with other routes, which may go as far as they are let. */
  public Fleet with(Map<String, Route> others, Adoption newAdoption) {
    return new Fleet(catalog, others, defaultRoute, scorer, version, newAdoption);
  }

  /** The versions of what decides on no route in particular. */
  public Explanation.Versions versions() {
    return new Explanation.Versions(catalog.version(), version, scorer.version());
  }
}
