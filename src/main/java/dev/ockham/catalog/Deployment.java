package dev.ockham.catalog;

import java.util.OptionalInt;

/**
 * One of the places where a model is served: a region, an account, a machine.
 *
 * @param model as it is served there, with that place's address, name and price
 * @param weight its share of the calls beside the other places of the model, at equal health, load
 *     and speed
 * @param maxInFlight calls that may be under way there at once; empty where nothing limits them
 */
public record Deployment(Model model, int weight, OptionalInt maxInFlight) {
  public Deployment {
    if (weight < 1) {
      throw new IllegalArgumentException("weight " + weight + " (expected: >= 1)");
    }
  }

  /** The only place of a model. */
  public static Deployment of(Model model) {
    return new Deployment(model, 1, OptionalInt.empty());
  }

  /** Names it among all deployments: the model, and who serves it as what. */
  public Key key() {
    return new Key(model.id(), model.endpoint().name(), model.upstreamName());
  }

  /**
   * What stays the same when settings are read again.
   *
   * @param model the catalog's id
   * @param provider the endpoint's name
   * @param name what the provider calls the model
   */
  public record Key(String model, String provider, String name) {}
}
