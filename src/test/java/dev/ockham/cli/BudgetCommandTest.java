package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetCommandTest {
  @TempDir private Path home;

  @Test
  void a_budget_is_set_raised_shown_and_removed() {
    assertThat(run("budget", "set", "team/claims", "500/month", "--hard").out())
        .contains("team:claims", "$500", "strict");
    assertThat(
            run("budget", "set", "run/*", "5", "--period", "total", "--mode", "quantile:900")
                .code())
        .isZero();
    assertThat(run("budget", "raise", "team/claims", "100", "--for", "7d", "--why", "x").code())
        .isZero();
    assertThat(run("budget", "rate", "key/*", "requests", "60").code()).isZero();

    String shown = run("budget", "show").out();
    assertThat(shown).contains("team:claims", "$600", "beyond", "60 requests");

    assertThat(run("budget", "remove", "team/claims", "month").code()).isZero();
    assertThat(run("budget", "show").out()).doesNotContain("team:claims");
    assertThat(run("budget", "remove", "team/claims", "month").code()).isEqualTo(1);
  }

  @Test
  void the_denial_a_developer_will_see_is_shown_in_the_clients_dialect() {
    run("budget", "set", "org/default", "2", "--period", "day");

    String told = run("budget", "try", "org/default", "--dialect", "anthropic-messages").out();

    assertThat(told)
        .contains("HTTP 402", "\"type\":\"error\"", "\"limit_usd\":\"2\"", "\"retryable\":false");
  }

  private Typed run(String... arguments) {
    return Typed.run(home, Map.of(), arguments);
  }
}
