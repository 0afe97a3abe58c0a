package dev.ockham.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a deployment that failed before it answered is asked again, and how long is waited.
 *
 * @param again repetitions of a model's calls per request; 0 never repeats
 * @param longestWait a provider that asks for more patience is not waited for
 */
public record Retries(int again, Duration longestWait) {
  public static final Retries DEFAULT = new Retries(1, Duration.ofSeconds(2));
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);

  /**
   * How long to wait before the same deployment is asked again; empty where that is of no use. The
   * wait doubles each time, and up to half of it is left to chance, so that those who failed
   * together do not come back together.
   *
   * @param times repetitions so far
   * @param chance in [0, 1)
   */
  public Optional<Duration> waitBefore(AttemptEnd.Failed failed, int times, double chance) {
    if (times >= again || !mayPass(failed)) {
      return Optional.empty();
    }
    long usual = FIRST_WAIT.toMillis() << Math.min(times, 10);
    Duration jittered = Duration.ofMillis((long) (usual * (1 - chance / 2)));
    Duration asked =
        RetryAfter.cooling(failed).or(() -> RetryAfter.of(failed.head())).orElse(Duration.ZERO);
    Duration wait = asked.compareTo(jittered) > 0 ? asked : jittered;
    return wait.compareTo(longestWait) > 0 ? Optional.empty() : Optional.of(wait);
  }

  /** Whether what failed may go well the next time; a deadline that passed is not waited for. */
  private static boolean mayPass(AttemptEnd.Failed failed) {
    if ("false".equals(failed.head().limits().get("x-should-retry"))) {
      return false;
    }
    return switch (failed.failure()) {
      case ProviderFailure.Unreachable _,
          ProviderFailure.HungUp _,
          ProviderFailure.Faulty _,
          ProviderFailure.Throttled _ ->
          true;
      default -> false;
    };
  }
}
