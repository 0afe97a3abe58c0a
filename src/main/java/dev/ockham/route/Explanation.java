package dev.ockham.route;

import dev.ockham.catalog.Money;
import dev.ockham.policy.Constraint;
import dev.ockham.route.Scores.Basis;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Why a decision fell as it did: every candidate with what excluded it or its terms.
 *
 * @param requested the model, alias or route the client named
 * @param route the route that decided; for a request that names a model, the one that would have
 * @param alternative what the route would have chosen where the requested model served
 * @param reason in about ten words, for a person
 */
public record Explanation(
    String requested,
    String route,
    Mode mode,
    List<Candidate> candidates,
    Optional<String> alternative,
    String reason,
    Versions versions,
    Optional<TextFeatures> features) {

  /** How far the router may go with this request. */
  public enum Mode {
    /** The requested model serves; what the router would have chosen is recorded. */
    OBSERVE,
    /** The router chooses. */
    ENFORCE
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
     *     displace a dearer fallback counts less one standard error
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
   */
  public record TextFeatures(ByteBuffer vector, String domain, double distance, boolean far) {
    public TextFeatures {
      vector = vector.asReadOnlyBuffer();
    }
  }

  public Explanation {
    candidates = List.copyOf(candidates);
  }
}
