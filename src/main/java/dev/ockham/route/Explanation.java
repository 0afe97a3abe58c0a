package dev.ockham.route;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Constraint;
import dev.ockham.route.Scores.Basis;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a decision fell as it did: every candidate with what excluded it or its terms.
 *
 * @param requested the model, alias or route the client named
 * @param route the route that decided; for a request that names a model, the one that would have
 * @param serving whose choice serves
 * @param alternative what would serve otherwise: the route's choice where the baseline serves, the
 *     baseline where the route's choice does; empty where there is none
 * @param reason in about ten words, for a person
 * @param labels given by the route's rules
 * @param inputs what it was decided from; empty where nothing was decided
 */
public record Explanation(
    String requested,
    String route,
    Mode mode,
    Serving serving,
    List<Candidate> candidates,
    Optional<String> alternative,
    String reason,
    Versions versions,
    Optional<TextFeatures> features,
    Optional<Inputs> inputs,
    List<String> labels) {

  /** How far the router may go with this request: the rungs of the ladder, from the lowest. */
  public enum Mode {
    /** The baseline serves; what the route would have chosen is recorded. */
    OBSERVE,
    /** As observed, and reported as advice. */
    ADVISE,
    /** The route's choice serves a share of all runs. */
    CANARY,
    /** The route's choice serves. */
    ENFORCE;

    /** The name in files and in our API; never changes. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whose choice serves. The baseline is the model the client named; where it named a route, that
   * route's default.
   */
  public enum Serving {
    /** The route's. */
    ROUTED,
    /** The baseline, because the mode says so. */
    BASELINE,
    /** The baseline, in a run that was drawn to be a measure. */
    HELD_OUT,
    /** The baseline, because the client wants it. */
    OPTED_OUT,
    /** The baseline, while an operator's bypass lasts. */
    BYPASSED;

    /** The name in our API; never changes. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One candidate: excluded, scored, or known but not to be scored. */
  public sealed interface Candidate {
    String model();

    record Excluded(String model, Constraint constraint) implements Candidate {}

    /**
     * @param quality probability that the answer is good enough, in [0, 1]
     * @param uncertainty standard error of {@code quality}
     * @param outputTokens expected length of the answer
     * @param expectedCost of the whole input, none of it cached, and the expected output
     * @param score in dollars: value × quality − cost; a {@link Basis#PRESUMED} quality that would
     *     displace a dearer fallback counts less one standard error, and where that is clearly
     *     below the fallback's quality its saving counts nothing
     */
    record Scored(
        String model,
        Basis basis,
        double quality,
        double uncertainty,
        long outputTokens,
        Money expectedCost,
        double score)
        implements Candidate {}

    /** Allowed, but it cannot be ranked, so it never displaces one that can. */
    record Unranked(String model, Lacking lacking) implements Candidate {}
  }

  /** What is not known of a candidate. */
  public enum Lacking {
    ABILITY,
    PRICE
  }

  /** Versions of everything the decision read, so that it can be made again. */
  public record Versions(String catalog, String route, String weights) {}

  /**
   * What was read off the text: personal data, kept with a time to live.
   *
   * @param vector the packed feature vector, small integers
   * @param domain the likeliest subject; where only priors speak, the kind of the ask
   * @param distance to the nearest known ask; where only priors speak, the probability that the
   *     answer has to be worked out
   */
  public record TextFeatures(ByteBuffer vector, String domain, double distance, boolean far) {
    public TextFeatures {
      vector = vector.asReadOnlyBuffer();
    }
  }

  public Explanation {
    candidates = List.copyOf(candidates);
    labels = List.copyOf(labels);
  }

  /** Of a request that no route has looked at. */
  public static Explanation undecided(
      String requested, String route, String reason, Versions versions) {
    return new Explanation(
        requested,
        route,
        Mode.OBSERVE,
        Serving.BASELINE,
        List.of(),
        Optional.empty(),
        reason,
        versions,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
