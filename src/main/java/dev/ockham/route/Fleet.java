package dev.ockham.route;

import dev.ockham.catalog.Catalog;
import java.util.Map;

/**
 * Everything a decision reads beside the request, as one immutable snapshot: what exists, how it is
 * chosen, and what is known of ability.
 *
 * @param routes by name
 * @param defaultRoute the route that {@code auto} means, and that says what it would have chosen
 *     where a request names a model
 * @param version names this set of routes in every record made with it
 */
public record Fleet(
    Catalog catalog,
    Map<String, Route> routes,
    String defaultRoute,
    Scorer scorer,
    String version) {
  /** The name that always means the default route. */
  public static final String AUTO = "auto";

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
}
