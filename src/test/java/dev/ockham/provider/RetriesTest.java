package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.ChatError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked again, after how long, and how often. */
final class RetriesTest {
  private static final Retries THREE = new Retries(3, Duration.ofSeconds(10));

  @Test
  void waits_double_and_are_jittered_by_up_to_half() {
    var failed = failed(500, Map.of());

    assertThat(THREE.waitBefore(failed, 0, 0)).contains(Duration.ofMillis(200));
    assertThat(THREE.waitBefore(failed, 0, 0.999)).contains(Duration.ofMillis(100));
    assertThat(THREE.waitBefore(failed, 2, 0)).contains(Duration.ofMillis(800));
    assertThat(THREE.waitBefore(failed, 3, 0)).isEmpty();
  }

  @Test
  void what_the_provider_asks_for_is_waited_but_not_longer_than_allowed() {
    assertThat(THREE.waitBefore(failed(429, Map.of("retry-after", "3")), 0, 0))
        .contains(Duration.ofSeconds(3));
    assertThat(
            THREE.waitBefore(
                failed(503, Map.of("retry-after", "3", "retry-after-ms", "2500")), 0, 0))
        .contains(Duration.ofMillis(2500));
    assertThat(THREE.waitBefore(failed(429, Map.of("retry-after", "11")), 0, 0)).isEmpty();
    assertThat(THREE.waitBefore(failed(429, Map.of("retry-after", "soon")), 0, 0))
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void what_would_fail_again_is_not_asked_again() {
    for (int status : new int[] {400, 401, 403, 404, 422}) {
      assertThat(THREE.waitBefore(failed(status, Map.of()), 0, 0)).as("%d", status).isEmpty();
    }
    assertThat(THREE.waitBefore(told(500, Map.of(), Map.of("x-should-retry", "false")), 0, 0))
        .isEmpty();
  }

  @Test
  void no_more_than_a_fifth_of_the_requests_is_repeated() {
    var budget = new RetryBudget();
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      budget.request();
      taken += budget.take() ? 1 : 0;
    }

    assertThat(taken).isBetween(2000, 2000 + RetryBudget.SAVED);
  }

  private static AttemptEnd.Failed failed(int status, Map<String, String> advice) {
    return told(status, advice, Map.of());
  }

  private static AttemptEnd.Failed told(
      int status, Map<String, String> advice, Map<String, String> limits) {
    ChatError.Kind kind =
        status == 429
            ? ChatError.Kind.RATE_LIMIT
            : status >= 500 ? ChatError.Kind.SERVER : ChatError.Kind.INVALID_REQUEST;
    var failure = ProviderFailure.ofReply("p", new ChatError(status, kind, "said", "said"));
    var head = new ReplyHead(Optional.empty(), "application/json", advice, limits);
    return new AttemptEnd.Failed(failure, head, new byte[0]);
  }
}
