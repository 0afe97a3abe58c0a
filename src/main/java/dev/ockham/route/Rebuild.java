package dev.ockham.route;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Model;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.route.Explanation.Lacking;
import dev.ockham.route.Scores.Ability;
import dev.ockham.route.Scores.Basis;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a decision again from what was kept of it: its inputs, the abilities that the weights of
 * its version gave, and the route and the catalog of its versions.
 */
public final class Rebuild {
  /** Longer than any explanation, so that none is cut to be compared. */
  private static final int WHOLE = 1 << 20;

  /** Of a model whose price is not known, the ability is not kept, and does not count. */
  private static final Ability SOME = new Ability(Basis.LEARNED, 0.5, 0.5, 1);

  private Rebuild() {}

  /**
   * A decision made again.
   *
   * @param same whether it is what was recorded, in choice and explanation
   */
  public record Again(Decision decision, boolean same) {}

  /**
   * Makes it again; empty where its inputs were not kept.
   *
   * @param catalog of the version it was made with
   * @param route of the version it was made with
   */
  public static Optional<Again> of(Explanation recorded, Catalog catalog, Route route) {
    return recorded
        .inputs()
        .map(inputs -> {
          var fleet =
              new Fleet(
                  catalog,
                  routes(route, inputs.defaultRoute()),
                  inputs.defaultRoute(),
                  new Recorded(recorded),
                  recorded.versions().route());
          Decision decision =
              new Router().decide(new Inquiry(inputs, _ -> scores(recorded, inputs), fleet));
          return new Again(decision, isSame(recorded, decision.why()));
        });
  }

  /** The deciding route, and a name for the default one where that is another. */
  private static Map<String, Route> routes(Route route, String defaultRoute) {
    var routes = new HashMap<String, Route>();
    routes.put(
        defaultRoute,
        new Route(
            defaultRoute, route.candidates(), route.fallback(), List.of(), route.objective()));
    routes.put(route.name(), route.versioned(""));
    return routes;
  }

  private static Scores scores(Explanation recorded, Inputs inputs) {
    var abilities = new HashMap<String, Ability>();
    for (Candidate candidate : recorded.candidates()) {
      switch (candidate) {
        case Candidate.Scored terms ->
            abilities.put(
                terms.model(),
                new Ability(
                    terms.basis(), terms.quality(), terms.uncertainty(), terms.outputTokens()));
        case Candidate.Unranked(String model, Lacking lacking) -> {
          if (lacking == Lacking.PRICE) {
            abilities.put(model, SOME);
          }
        }
        case Candidate.Excluded _ -> {}
      }
    }
    boolean far = inputs.reading().map(Inputs.Reading::far).orElse(true);
    return new Scores(
        abilities, far, recorded.features().or(() -> inputs.reading().flatMap(Rebuild::features)));
  }

  /** What is left of the features when their time has passed. */
  private static Optional<Explanation.TextFeatures> features(Inputs.Reading reading) {
    return reading.domain().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Explanation.TextFeatures(
                ByteBuffer.allocate(0), reading.domain(), reading.distance(), reading.far()));
  }

  /** As both are kept, apart from the features, which are deleted sooner. */
  private static boolean isSame(Explanation recorded, Explanation again) {
    return Arrays.equals(
        PackedExplanation.pack(recorded, WHOLE), PackedExplanation.pack(again, WHOLE));
  }

  /** Stands for the weights, whose judgement was kept. */
  private record Recorded(Explanation explanation) implements Scorer {
    @Override
    public Scores score(String ask, List<Model> candidates) {
      throw new IllegalStateException("a decision made again reads no text");
    }

    @Override
    public String version() {
      return explanation.versions().weights();
    }
  }
}
