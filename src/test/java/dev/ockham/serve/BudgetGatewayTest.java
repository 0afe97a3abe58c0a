package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.HangUp;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.Increase;
import dev.ockham.ledger.Mode;
import dev.ockham.ledger.RateLimit;
import dev.ockham.ledger.Threshold;
import dev.ockham.policy.Scope;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What budgets of every kind do to a client's calls. An answer of 5,000 tokens costs one cent. */
final class BudgetGatewayTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** An answer of a cent; the worst case of a call is 1.7 cents. */
  private static final int CENT_TOKENS = 5_000;

  @TempDir Path folder;

  @Test
  void an_answer_tells_what_is_left_of_the_tightest_budget() {
    with(gateway -> {
      set(gateway, budget("org:default", "5", new Mode.Strict()));
      set(gateway, budget("key:*", "1", new Mode.Strict()));

      var first = ask(gateway, "gpt");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(first, "x-ockham-budget-remaining-usd")).isEqualTo("0.989989");
      assertThat(HttpCalls.header(first, "x-ockham-budget-scope")).startsWith("key:");
    });
  }

  @Test
  void every_run_has_a_budget_of_its_own() {
    with(gateway -> {
      set(gateway, budget("run:*", "0.025", new Mode.Strict()));

      assertThat(ask(gateway, "gpt", "x-ockham-run", "a").statusCode()).isEqualTo(200);
      var refused = ask(gateway, "gpt", "x-ockham-run", "a");
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(details(refused).get("scope").asString()).isEqualTo("run:a");
      assertThat(ask(gateway, "gpt", "x-ockham-run", "b").statusCode()).isEqualTo(200);
      assertThat(ask(gateway, "gpt").statusCode()).as("of no run").isEqualTo(200);
    });
  }

  @Test
  void tags_models_and_localities_have_budgets() {
    for (String scope : List.of("tag:night", "model:gpt", "provider:openai", "locality:local")) {
      with(
          folder.resolve(scope.replace(':', '-')),
          gateway -> {
            set(gateway, budget(scope, "0.001", new Mode.Strict()));

            var refused = ask(gateway, "gpt", "x-ockham-tags", "a=b, night");

            assertThat(refused.statusCode()).as(scope).isEqualTo(402);
            assertThat(details(refused).get("scope").asString()).isEqualTo(scope);
          });
    }
  }

  @Test
  void tags_that_cannot_be_read_are_refused() {
    with(gateway -> {
      assertThat(ask(gateway, "gpt", "x-ockham-tags", "a,b,c,d,e").statusCode()).isEqualTo(400);
      assertThat(ask(gateway, "gpt", "x-ockham-tags", "a,,b").statusCode()).isEqualTo(400);
    });
  }

  @Test
  void more_requests_than_a_minute_allows_are_told_when_to_come_again() {
    with(gateway -> {
      var limit = new RateLimit("default", Scope.parse("key:*"), RateLimit.Metric.REQUESTS, 2);
      RunningGateway.get(gateway.store().budgets().set(limit));

      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(200);
      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(200);
      var refused = ask(gateway, "gpt");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Long.parseLong(HttpCalls.header(refused, "retry-after"))).isBetween(1L, 61L);
      assertThat(HttpCalls.header(refused, "x-should-retry")).isEmpty();
      assertThat(details(refused).get("retryable").asBoolean()).isTrue();
    });
  }

  @Test
  void requests_that_fail_count_against_the_rate_as_well() {
    Reply broken = OpenAiReplies.error(500, "server_error", "no");
    try (var upstream = ScriptedUpstream.start(request -> broken);
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      var limit =
          new RateLimit("default", Scope.parse("org:default"), RateLimit.Metric.REQUESTS, 1);
      RunningGateway.get(gateway.store().budgets().set(limit));

      assertThat(ask(gateway, "gpt").statusCode()).isGreaterThanOrEqualTo(500);
      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a_budget_that_asks_for_approval_is_opened_by_a_raise() {
    with(gateway -> {
      Budget budget = budget("org:default", "0.05", new Mode.Strict(), "20:ask", "20:notify");
      set(gateway, budget);
      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(200);

      var refused = ask(gateway, "gpt");
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(details(refused).get("reason").asString()).isEqualTo("approval_needed");

      var more =
          new Increase(
              Money.ofDollars("0.01"),
              Instant.now().minusSeconds(1),
              Instant.now().plusSeconds(60),
              "approved");
      assertThat(
              RunningGateway.get(
                  gateway
                      .store()
                      .budgets()
                      .raise("default", budget.scope(), Budget.Period.TOTAL, more)))
          .isTrue();
      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(200);
      JsonNode events = HttpCalls.getJson(gateway, "/api/v1/budgets/events").get("events");
      assertThat(events).hasSize(2);
      assertThat(events.get(0).get("percent").asInt()).isEqualTo(20);
    });
  }

  @Test
  void a_budget_may_be_closed_before_its_limit() {
    with(gateway -> {
      set(gateway, budget("org:default", "0.1", new Mode.Strict(), "10:block"));
      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(200);

      var refused = ask(gateway, "gpt");

      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(details(refused).get("reason").asString()).isEqualTo("closed");
    });
  }

  @Test
  void a_soft_budget_lets_through_and_says_so_and_one_that_observes_only_counts() {
    with(gateway -> {
      set(gateway, budget("org:default", "0.001", new Mode.Soft()));
      set(gateway, budget("key:*", "0.001", new Mode.Observe()));

      var answer = ask(gateway, "gpt");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(answer, "x-ockham-warnings"))
          .contains("budget of org:default is used up")
          .doesNotContain("key:");
      JsonNode budgets = HttpCalls.getJson(gateway, "/api/v1/budgets").get("budgets");
      assertThat(budgets).hasSize(2);
      assertThat(budgets.get(0).get("spent_usd").asString()).startsWith("0.0100");
    });
  }

  @Test
  void what_costs_nothing_is_let_through_though_a_budget_is_used_up() {
    try (var upstream = ScriptedUpstream.start(answer());
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("gpt", upstream),
                priced(RunningGateway.openAiModel("free", upstream), new Price.Free()))) {
      set(gateway, budget("org:default", "0", new Mode.Strict()));

      assertThat(ask(gateway, "gpt").statusCode()).isEqualTo(402);
      assertThat(ask(gateway, "free").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_model_without_a_price_is_refused_by_name_where_a_hard_budget_binds_and_only_there() {
    try (var upstream = ScriptedUpstream.start(answer());
        var gateway =
            RunningGateway.start(
                folder,
                priced(RunningGateway.openAiModel("dark", upstream), new Price.Unknown()))) {
      set(gateway, budget("org:default", "10", new Mode.Soft()));
      assertThat(ask(gateway, "dark").statusCode()).isEqualTo(200);

      set(gateway, budget("org:default", "10", new Mode.Quantile(900)));
      var refused = ask(gateway, "dark");

      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(details(refused).get("reason").asString()).isEqualTo("price_unknown");
      assertThat(refused.body()).contains("dark", "Give the model a price");
    }
  }

  @Test
  void near_its_limit_a_budget_prefers_the_cheapest_model_that_may_answer() {
    var dear =
        new Price.Listed(
            "dear", Map.of(TokenClass.INPUT, 1_000_000L, TokenClass.OUTPUT, 4_000_000L));
    try (var upstream = ScriptedUpstream.start(answer());
        var gateway =
            RunningGateway.start(
                folder,
                priced(RunningGateway.openAiModel("dear", upstream), dear),
                RunningGateway.openAiModel("cheap", upstream))) {
      set(gateway, budget("org:default", "1", new Mode.Strict(), "1:cheaper"));

      assertThat(HttpCalls.header(ask(gateway, "auto"), "x-ockham-model")).isEqualTo("dear");
      assertThat(HttpCalls.header(ask(gateway, "auto"), "x-ockham-model")).isEqualTo("cheap");
      assertThat(HttpCalls.header(ask(gateway, "dear"), "x-ockham-model"))
          .as("who names a model gets it")
          .isEqualTo("dear");
    }
  }

  @Test
  void a_stream_is_topped_up_and_cut_honestly_when_there_is_no_more() throws IOException {
    String words = "word ".repeat(400);
    var events = OpenAiReplies.textEvents(words + words + words + words, 11, 2_000);
    try (var upstream = ScriptedUpstream.start(request -> Reply.stream(events));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      set(gateway, budget("org:default", "0.0025", new Mode.Quantile(950)));

      var cut = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("gpt"));

      assertThat(cut.statusCode()).isEqualTo(200);
      assertThat(cut.body())
          .contains("the answer was cut", "budget_exceeded", "reasoning that is not shown")
          .doesNotContain("[DONE]");
      Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
      JsonNode budget = HttpCalls.getJson(gateway, "/api/v1/budgets").at("/budgets/0");
      assertThat(budget.get("held_usd").asString()).isEqualTo("0");
      assertThat(new java.math.BigDecimal(budget.get("spent_usd").asString()))
          .isBetween(new java.math.BigDecimal("0.001"), new java.math.BigDecimal("0.0045"));
    }
  }

  @Test
  void a_provider_that_bills_to_the_end_is_read_to_the_end_for_a_client_that_left()
      throws IOException {
    assertThat(usageAfterLeaving(HangUp.DRAIN, folder)).contains("\"reported\"", "1777");
  }

  @Test
  void a_provider_that_bills_nothing_is_paid_nothing_for_a_client_that_left() throws IOException {
    assertThat(usageAfterLeaving(HangUp.FREE, folder)).contains("\"voided\"");
  }

  private static String usageAfterLeaving(HangUp policy, Path folder) throws IOException {
    var events = OpenAiReplies.textEvents("One two three", 11, 1_777);
    var gate = new CountDownLatch(1);
    Reply reply =
        Reply.streamHead()
            .chunks(events.subList(0, 3))
            .await(gate)
            .chunks(events.subList(3, events.size()))
            .endChunks();
    try (var upstream = ScriptedUpstream.start(request -> reply);
        var gateway = RunningGateway.start(folder, leaving(upstream, policy))) {
      var client = new RawClient(gateway.port());
      client.post(OPENAI, gateway.clientKey(), HttpCalls.openAiStream("gpt"));
      String head = client.readUntil("One");
      client.reset();
      if (policy == HangUp.FREE) {
        Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
      }
      gate.countDown();
      Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
      String name = "x-ockham-request-id: ";
      int from = head.indexOf(name) + name.length();
      String id = head.substring(from, head.indexOf('\r', from));
      Eventually.equal(
          "cancelled",
          () -> HttpCalls.getJson(gateway, "/api/v1/requests/" + id).path("status").asString(),
          DEADLINE);
      JsonNode request = HttpCalls.getJson(gateway, "/api/v1/requests/" + id);
      return request.get("attempts").toString();
    }
  }

  private static Model leaving(ScriptedUpstream upstream, HangUp policy) {
    Endpoint usual = RunningGateway.openAiModel("gpt", upstream).endpoint();
    return RunningGateway.model(
        "gpt",
        new Endpoint(usual.name(), usual.dialect(), usual.baseUrl(), usual.deadline(), policy));
  }

  private void with(java.util.function.Consumer<RunningGateway> test) {
    with(folder, test);
  }

  private static void with(Path folder, java.util.function.Consumer<RunningGateway> test) {
    try (var upstream = ScriptedUpstream.start(answer());
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      test.accept(gateway);
    }
  }

  private static dev.ockham.testing.Script answer() {
    return OpenAiReplies.text("Hello", 11, CENT_TOKENS);
  }

  private static Model priced(Model model, Price price) {
    return new Model(
        model.id(),
        model.endpoint(),
        model.upstreamName(),
        model.limits(),
        model.capabilities(),
        price,
        model.priorSkill());
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String model, String... headers) {
    var request =
        HttpCalls.request(gateway, OPENAI)
            .header("authorization", "Bearer " + gateway.clientKey())
            .header("content-type", "application/json")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    HttpCalls.openAiAsk(model).replace("{\"model", "{\"n\":2,\"model")));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpCalls.send(request.build());
  }

  private static JsonNode details(HttpResponse<String> response) {
    return HttpCalls.json(response).get("ockham");
  }

  private static Budget budget(String scope, String dollars, Mode mode, String... actions) {
    var thresholds = java.util.stream.Stream.of(actions).map(Threshold::parse).toList();
    return new Budget(
            "default",
            Scope.parse(scope),
            Money.ofDollars(dollars),
            Budget.Period.TOTAL,
            ZoneOffset.UTC)
        .with(new Budget.Terms(mode, thresholds, List.of()));
  }

  private static void set(RunningGateway gateway, Budget budget) {
    RunningGateway.get(gateway.store().budgets().set(budget));
  }
}
