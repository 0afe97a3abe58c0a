package dev.ockham.provider;

import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Keyring;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Knows how every deployment fares, for all event loops together: where calls go, and where none go
 * for now. What it knows outlives a reload of settings. Safe for threads.
 */
public final class Balancer {
  final RefusedCredentials refused;
  private final LongSupplier nanos;
  private final DoubleSupplier chance;
  private final Map<Deployment.Key, Member> members = new ConcurrentHashMap<>();
  private final Map<String, Group> groups = new ConcurrentHashMap<>();

  /**
   * @param keyring in force
   * @param nanos monotonic time
   * @param chance numbers in [0, 1), for any thread
   */
  public Balancer(Supplier<Keyring> keyring, LongSupplier nanos, DoubleSupplier chance) {
    this.refused = new RefusedCredentials(keyring);
    this.nanos = nanos;
    this.chance = chance;
  }

  /** A deployment with what is known of it. */
  record Member(Deployment deployment, Health health, String name) {
    String provider() {
      return deployment.model().endpoint().name();
    }
  }

  /**
   * How a deployment fares.
   *
   * @param latency until its answers begin, a moving average; zero before the first
   * @param untilNext until it may be called; zero where it may be now
   */
  public record State(
      Deployment.Key deployment,
      Standing standing,
      int inFlight,
      Duration latency,
      Duration untilNext) {
    /** For a reader, without what a provider said. */
    public String describe() {
      String wait =
          untilNext.isZero() ? "" : ", tried again in " + Math.max(1, untilNext.toSeconds()) + " s";
      return "%s at provider \"%s\": %s%s"
          .formatted(
              deployment.model(),
              deployment.provider(),
              standing.wireName().replace('_', ' '),
              wait);
    }
  }

  /** The deployments of a model. */
  @SuppressWarnings("ReferenceEquality") // another snapshot may say the same; it costs a look
  public Group of(Deployments deployments) {
    String model = deployments.all().getFirst().model().id();
    Group known = groups.get(model);
    if (known != null && known.deployments() == deployments) {
      return known;
    }
    RetryBudget budget = known == null ? new RetryBudget() : known.budget();
    var made =
        new Group(this, deployments, deployments.all().stream().map(this::member).toList(), budget);
    groups.put(model, made);
    return made;
  }

  /** What changed in the settings of a deployment is taken up; what is known of it stays. */
  private Member member(Deployment deployment) {
    return members.compute(
        deployment.key(),
        (key, known) ->
            known != null && known.deployment().equals(deployment)
                ? known
                : new Member(
                    deployment,
                    known == null ? new Health(deployment) : known.health().of(deployment),
                    key.provider() + " " + key.name()));
  }

  /** Every deployment that is part of a group in use, by name. */
  public List<State> states() {
    long now = now();
    return groups.values().stream()
        .flatMap(group -> group.states(now).stream())
        .sorted(Comparator.comparing(state -> state.deployment().toString()))
        .toList();
  }

  long now() {
    return nanos.getAsLong();
  }

  /** A number in [0, 1). */
  public double chance() {
    return chance.getAsDouble();
  }

  /** Whether its credential may be shown. */
  boolean accepts(Member member, long now) {
    return refused.mayShow(member.provider(), member.provider(), now)
        && refused.mayShow(member.name(), member.provider(), now);
  }

  State state(Member member, long now) {
    Health.State health = member.health().state(now);
    long credential = untilShown(member, now);
    return new State(
        member.deployment().key(),
        credential > 0 ? Standing.REFUSED : health.standing(),
        health.inFlight(),
        Duration.ofNanos((long) (health.latencySeconds() * 1e9)),
        Duration.ofNanos(Math.max(credential, health.untilAdmittedNanos())));
  }

  private long untilShown(Member member, long now) {
    return Math.max(
        refused.untilShown(member.provider(), member.provider(), now),
        refused.untilShown(member.name(), member.provider(), now));
  }
}
