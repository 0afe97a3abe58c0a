package dev.ockham.catalog;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model as served by one provider.
 *
 * @param id the name clients use, unique in a catalog
 * @param upstreamName what its provider calls it
 * @param priorSkill share of everyday questions it is thought to answer well, in [0, 1], from
 *     published scores; empty where nothing is known
 */
public record Model(
    String id,
    Endpoint endpoint,
    String upstreamName,
    Limits limits,
    Set<Capability> capabilities,
    Price price,
    OptionalDouble priorSkill) {

  /** Context window (input and output together) and longest answer, in tokens; empty if unknown. */
  public record Limits(OptionalLong contextWindow, OptionalLong maxOutput) {
    public static final Limits UNKNOWN = new Limits(OptionalLong.empty(), OptionalLong.empty());
  }

  public Model {
    capabilities = Set.copyOf(capabilities);
  }
}
