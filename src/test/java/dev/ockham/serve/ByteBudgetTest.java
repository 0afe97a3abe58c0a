package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What requests may hold together, and that none of it stays held. */
final class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void all_requests_together_hold_no_more_than_the_budget() {
    ByteBudget.Share one = budget.share();
    ByteBudget.Share other = budget.share();

    assertThat(one.take(60)).isTrue();
    assertThat(other.take(60)).isFalse();
    one.give(30);
    assertThat(other.take(60)).isTrue();
    assertThat(budget.held()).isEqualTo(90);
  }

  @Test
  void a_request_that_is_over_takes_nothing_more() {
    ByteBudget.Share share = budget.share();
    share.take(60);
    share.giveBack();

    assertThat(share.take(10)).isFalse();
    share.give(10);
    share.giveBack();
    assertThat(budget.held()).isZero();
  }
}
