package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.HoldOutcome;
import dev.ockham.ledger.HoldRequest;
import dev.ockham.ledger.Quote;
import dev.ockham.policy.Caller;
import dev.ockham.policy.Scope;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The day is 2026-10-01: 1,000 tokens in at $2.50 a million, 100 out at $10: $0.0035. */
class ReconcileCommandTest {
  private static final String USAGE =
      """
      {"object": "page", "data": [{"object": "bucket", "start_time": 1790812800,
        "end_time": 1790899200, "results": [{"object": "organization.usage.completions.result",
        "input_tokens": %d, "output_tokens": 100, "input_cached_tokens": 0,
        "num_model_requests": 1, "model": "gpt-x-2026-04-14", "batch": false}]}]}\
      """;
  private static final String COSTS =
      """
      {"object": "page", "data": [{"object": "bucket", "start_time": 1790812800,
        "end_time": 1790899200, "results": [{"object": "organization.costs.result",
        "amount": {"value": %s, "currency": "usd"}, "line_item": "gpt-x-2026-04-14, input"}]}]}\
      """;

  @TempDir private Path home = Path.of("");

  @BeforeEach
  void a_call_was_booked() {
    var settings =
        StoreSettings.of(
            home.resolve(".ockham"),
            InstantSource.fixed(Instant.parse("2026-10-01T11:00:00Z")),
            new Random(2));
    try (Store store = ((StoreOpening.Opened) Store.open(settings)).store()) {
      var price =
          new Price.Listed(
              "v", Map.of(TokenClass.INPUT, 2_500_000L, TokenClass.OUTPUT, 10_000_000L));
      Usage usage = Usage.of(1_000, 100);
      var caller =
          new Caller(
              "default",
              "k1",
              "p",
              Caller.Role.CLIENT,
              List.of(Scope.parse("org:default"), Scope.parse("key:k1")),
              Set.of());
      var request =
          new HoldRequest(
              store.ids().nextRequest(),
              store.ids().nextAttempt(),
              caller,
              new Quote("gpt-x", "openai", price, usage, usage));
      var held = (HoldOutcome.Held) store.accounts().hold(request).toCompletableFuture().join();
      store.accounts().dispatched(held.hold());
      store.accounts().settle(held.hold(), usage, Basis.REPORTED);
    }
  }

  @Test
  void what_agrees_is_shown_and_is_no_alarm() throws IOException {
    Typed typed = reconcile(USAGE.formatted(1_000));
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("2026-10-01", "gpt-x", "1000").doesNotContain("ALARM");
  }

  @Test
  void drift_above_half_a_percent_is_an_alarm_and_the_exit_code_says_so() throws IOException {
    assertThat(reconcile(USAGE.formatted(1_005)).code()).isZero();
    Typed typed = reconcile(USAGE.formatted(1_006));
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).contains("ALARM");
  }

  @Test
  void a_difference_is_posted_once_and_then_the_ledger_agrees() throws IOException {
    assertThat(reconcile(COSTS.formatted("0.0036")).code()).isEqualTo(1);
    Typed posting = reconcile(COSTS.formatted("0.0036"), "--post");
    assertThat(posting.out()).contains("$0.0035", "$0.0036", "1 corrections posted");
    Typed again = reconcile(COSTS.formatted("0.0036"), "--post");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("0 corrections posted");
  }

  @Test
  void anthropics_cents_are_compared_with_its_own_models() throws IOException {
    Typed typed =
        reconcile(
            """
            {"data": [{"starting_at": "2026-10-01T00:00:00Z", "ending_at": "2026-10-02T00:00:00Z",
              "results": [{"currency": "USD", "amount": "123.5", "model": "claude-x"}]}],
             "has_more": false}\
            """);
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).contains("anthropic", "claude-x", "$1.235", "ALARM");
  }

  @Test
  void what_is_no_report_is_refused_in_words() throws IOException {
    Typed typed = reconcile("{\"hello\": 1}");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("expected: a usage or cost report");
  }

  @Test
  void calls_are_priced_again_by_a_correction_that_is_posted_once() throws IOException {
    Files.writeString(
        home.resolve("ockham.yaml"),
        """
        version: 1
        data: {folder: .ockham}
        providers: {openai: {}}
        models: {gpt-x: {provider: openai, price: {input: 2, output: 10}}}
        """);
    String[] reprice = {
      "reprice", "gpt-x", "--from", "2026-10-01", "--until", "2026-10-02", "--config", "ockham.yaml"
    };
    // 1,000 × $2 + 100 × $10 a million: $0.003
    Typed shown = Typed.run(home, Map.of(), reprice);
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out()).contains("$0.0035", "$0.003 ", "$-0.0005").doesNotContain("posted");
    var posting = new ArrayList<>(List.of(reprice));
    posting.add("--post");
    assertThat(Typed.run(home, Map.of(), posting.toArray(String[]::new)).out())
        .contains("1 corrections posted");
    assertThat(Typed.run(home, Map.of(), posting.toArray(String[]::new)).out())
        .contains("0 corrections posted")
        .doesNotContain("$-0.0005");
    assertThat(reconcile(COSTS.formatted("0.003")).code()).isZero();
  }

  private Typed reconcile(String report, String... more) throws IOException {
    Files.writeString(home.resolve("report.json"), report);
    var arguments = new ArrayList<>(List.of("reconcile"));
    arguments.add(home.resolve("report.json").toString());
    arguments.addAll(List.of(more));
    return Typed.run(home, Map.of(), arguments.toArray(String[]::new));
  }
}
