package dev.ockham.provider;

import dev.ockham.catalog.Deployment;
import java.time.Duration;

/**
 * What is known now of one deployment: whether it may be called, how much is under way there, how
 * fast and how reliably it answers. All event loops tell it how their calls end, so each step is
 * one short lock; time is what it is told.
 */
final class Health {
  static final Duration LONGEST_COOLING = Duration.ofMinutes(2);

  /** Refusals in a row after which it is the deployment that is refused, not the request. */
  static final int FORBIDDEN = 3;

  private static final double NEWEST_LATENCY = 0.25;
  private static final double NEWEST_FAILURE = 0.1;

  private int maxInFlight;
  private final Breaker breaker = new Breaker();
  private final Average[] latency = {new Average(NEWEST_LATENCY), new Average(NEWEST_LATENCY)};
  private final Average failing = new Average(NEWEST_FAILURE);
  private final Ejection ejection = new Ejection();
  private int inFlight;
  private int forbidden;
  private boolean cooling;
  private long coolUntil;

  Health(Deployment deployment) {
    this.maxInFlight = mostOf(deployment);
  }

  private static int mostOf(Deployment deployment) {
    return deployment.maxInFlight().orElse(Integer.MAX_VALUE);
  }

  /** The same deployment, whose settings may have changed. */
  synchronized Health of(Deployment same) {
    maxInFlight = mostOf(same);
    return this;
  }

  /** What a caller that chooses among deployments looks at. */
  record Look(boolean admits, boolean ejected, int inFlight, double latency, int samples) {}

  /** How calls of it fare, for the reader. */
  record State(Standing standing, int inFlight, double latencySeconds, long untilAdmittedNanos) {}

  /**
   * @param streamed latencies of streams and of whole replies are not the same thing
   */
  synchronized Look look(long now, boolean streamed) {
    Average average = latency[streamed ? 1 : 0];
    return new Look(admits(now), ejection.holds(now), inFlight, average.value(), average.samples());
  }

  /** Takes a place for one call, if there is one. */
  synchronized Admission begin(long now) {
    if (!admits(now)) {
      return Admission.NONE;
    }
    inFlight++;
    return breaker.begin() ? Admission.PROBE : Admission.USUAL;
  }

  private boolean admits(long now) {
    return !isCooling(now) && breaker.admits(now) && inFlight < maxInFlight;
  }

  private boolean isCooling(long now) {
    cooling = cooling && now - coolUntil < 0;
    return cooling;
  }

  /** It answered, whatever it said. */
  synchronized void answered(boolean probe) {
    inFlight--;
    forbidden = 0;
    breaker.succeeded(probe);
    failing.add(0);
  }

  /** It began to answer and did not come to an end. */
  synchronized void brokeOff(boolean probe) {
    inFlight--;
    breaker.succeeded(probe);
    failing.add(1);
  }

  /** Its answer began so long after it was asked. */
  synchronized void began(boolean streamed, long nanos) {
    latency[streamed ? 1 : 0].add((double) nanos);
  }

  synchronized void failed(boolean probe, long now) {
    inFlight--;
    breaker.failed(probe, now);
    failing.add(1);
  }

  /** It has too much to do, and may have said for how long. */
  synchronized void throttled(boolean probe, long now, Duration wait) {
    inFlight--;
    breaker.saidNothing(probe);
    long nanos = Math.min(wait.toNanos(), LONGEST_COOLING.toNanos());
    if (!isCooling(now) || now + nanos - coolUntil > 0) {
      cooling = true;
      coolUntil = now + nanos;
    }
  }

  /** It forbade a call; says whether it has so often that none will be let through. */
  synchronized boolean forbade(boolean probe) {
    inFlight--;
    breaker.saidNothing(probe);
    forbidden++;
    return forbidden >= FORBIDDEN;
  }

  /** Nothing can be said of it. */
  synchronized void unused(boolean probe) {
    inFlight--;
    breaker.saidNothing(probe);
  }

  /** What outliers are told by. */
  synchronized Outliers.Evidence evidence(long now) {
    Average average = latency[1].samples() >= latency[0].samples() ? latency[1] : latency[0];
    return new Outliers.Evidence(
        ejection.holds(now),
        new Outliers.Sampled(average.value(), average.samples()),
        new Outliers.Sampled(failing.value(), failing.samples()));
  }

  synchronized void eject(long now) {
    ejection.begin(now);
    latency[0].countAnew();
    latency[1].countAnew();
    failing.countAnew();
  }

  synchronized State state(long now) {
    Standing standing =
        isCooling(now)
            ? Standing.COOLING
            : switch (breaker.state()) {
              case OPEN -> Standing.OPEN;
              case HALF_OPEN -> Standing.HALF_OPEN;
              case CLOSED -> ejection.holds(now) ? Standing.EJECTED : Standing.CLOSED;
            };
    Average average = latency[1].samples() >= latency[0].samples() ? latency[1] : latency[0];
    long wait = Math.max(isCooling(now) ? coolUntil - now : 0, breaker.untilAdmitted(now));
    return new State(standing, inFlight, average.value() / 1e9, wait);
  }

  /** Whether a call was let through. */
  enum Admission {
    NONE,
    USUAL,
    PROBE
  }
}
