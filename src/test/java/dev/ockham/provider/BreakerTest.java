package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A deployment that fails is left alone, and found again. */
final class BreakerTest {
  private static final long FIRST = Breaker.FIRST_OPEN.toNanos();

  private final Breaker breaker = new Breaker();

  @Test
  void it_opens_after_failures_in_a_row_and_not_before() {
    fail(Breaker.FAILURES - 1);
    breaker.succeeded(false);
    fail(Breaker.FAILURES - 1);
    assertThat(breaker.admits(0)).isTrue();

    fail(1);

    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.admits(FIRST - 1)).isFalse();
    assertThat(breaker.untilAdmitted(0)).isEqualTo(FIRST);
  }

  @Test
  void one_call_sees_whether_it_is_well_and_closes_it() {
    fail(Breaker.FAILURES);

    assertThat(breaker.admits(FIRST)).isTrue();
    boolean probe = breaker.begin();
    assertThat(probe).isTrue();
    assertThat(breaker.admits(FIRST)).as("a second one").isFalse();

    breaker.succeeded(probe);

    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void each_time_the_probe_fails_it_stays_open_for_longer_up_to_a_minute() {
    fail(Breaker.FAILURES);
    long now = FIRST;
    for (int expected : new int[] {10, 20, 40, 60, 60}) {
      breaker.failed(breaker.begin(), now);
      assertThat(breaker.untilAdmitted(now)).isEqualTo(Duration.ofSeconds(expected).toNanos());
      now += Duration.ofSeconds(expected).toNanos();
    }
  }

  @Test
  void a_probe_that_says_nothing_makes_room_for_another() {
    fail(Breaker.FAILURES);
    breaker.saidNothing(breaker.begin());

    assertThat(breaker.admits(FIRST)).isTrue();
    assertThat(breaker.state()).isEqualTo(Breaker.State.HALF_OPEN);
  }

  @Test
  void calls_from_before_it_opened_change_nothing() {
    fail(Breaker.FAILURES);
    breaker.succeeded(false);
    breaker.failed(false, FIRST);

    assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker.untilAdmitted(0)).isEqualTo(FIRST);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(false, 0);
    }
  }
}
