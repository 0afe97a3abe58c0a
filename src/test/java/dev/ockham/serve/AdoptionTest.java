package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ladder, the versions of routes and the bypass, in a running gateway. */
final class AdoptionTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void advice_sends_the_same_bytes_as_passing_through_and_keeps_what_would_have_been() {
    try (var gateway = new LadderGateway(folder)) {
      gateway.ask("big", "a");
      byte[] passed = gateway.upstream.lastReceived().body();
      set(gateway, "org:default", "\"mode\":\"advise\"");
      HttpResponse<String> advised = gateway.ask("big", "b");

      assertThat(gateway.upstream.lastReceived().body()).isEqualTo(passed);
      assertThat(HttpCalls.header(advised, "x-ockham-model")).isEqualTo("big");
      JsonNode record = gateway.record(advised);
      assertThat(record.path("mode").asString()).isEqualTo("advise");
      assertThat(record.path("serving").asString()).isEqualTo("baseline");
      assertThat(record.path("alternative").asString()).isEqualTo("small");
      assertThat(record.path("alternative_cost_usd_estimate").asString()).isEqualTo("0.000018");
    }
  }

  @Test
  void a_replaced_model_is_disclosed_and_a_client_may_opt_out() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "org:default", "\"mode\":\"enforce\"");
      HttpResponse<String> routed = gateway.ask("big", "a");

      assertThat(HttpCalls.header(routed, "x-ockham-requested-model")).isEqualTo("big");
      assertThat(HttpCalls.header(routed, "x-ockham-model")).isEqualTo("small");
      assertThat(HttpCalls.header(routed, "x-ockham-mode")).isEqualTo("enforce");
      JsonNode record = gateway.record(routed);
      assertThat(record.path("asked").asString()).isEqualTo("big");
      assertThat(record.path("served").asString()).isEqualTo("small");
      assertThat(record.path("alternative").asString()).isEqualTo("big");

      HttpResponse<String> own = gateway.ask("big", "b", "x-ockham-opt-out", "true");
      assertThat(HttpCalls.header(own, "x-ockham-model")).isEqualTo("big");
      assertThat(gateway.record(own).path("serving").asString()).isEqualTo("opted_out");
    }
  }

  @Test
  void a_canary_serves_about_its_share_and_keeps_each_run_on_its_side() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "org:default", "\"mode\":\"canary\",\"percent\":50");
      int small = 0;
      for (int run = 0; run < 40; run++) {
        String first = HttpCalls.header(gateway.ask("big", "run " + run), "x-ockham-model");
        String second = HttpCalls.header(gateway.ask("big", "run " + run), "x-ockham-model");
        assertThat(second).isEqualTo(first);
        small += first.equals("small") ? 1 : 0;
      }
      assertThat(small).isCloseTo(20, within(14));
    }
  }

  @Test
  void under_load_a_route_is_taken_back_within_two_seconds() throws Exception {
    try (var gateway = new LadderGateway(folder);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      set(gateway, "route:auto", "\"mode\":\"enforce\"");
      var stop = new AtomicBoolean();
      var takenBack = new AtomicBoolean();
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        String session = "client " + client;
        answers.add(
            clients.submit(() -> {
              var late = new ArrayList<String>();
              for (int i = 0; !stop.get(); i++) {
                boolean after = takenBack.get();
                HttpResponse<String> answer = gateway.ask("big", session + i);
                if (after) {
                  late.add(HttpCalls.header(answer, "x-ockham-model"));
                }
              }
              return late;
            }));
      }
      gateway.upstream.awaitRequests(100, Duration.ofSeconds(10));
      long before = System.nanoTime();
      set(gateway, "route:auto", "\"mode\":\"observe\"");
      takenBack.set(true);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      gateway.upstream.awaitRequests(
          gateway.upstream.received().size() + 100, Duration.ofSeconds(10));
      stop.set(true);
      for (Future<List<String>> each : answers) {
        assertThat(each.get()).isNotEmpty().containsOnly("big");
      }
    }
  }

  @Test
  void a_published_version_serves_at_once_is_in_the_record_and_is_rolled_back() {
    try (var gateway = new LadderGateway(folder)) {
      HttpResponse<String> first = gateway.ask("auto", "a");
      assertThat(version(gateway, first)).isEqualTo("auto@1");

      HttpResponse<String> published =
          gateway.admin(
              "POST",
              "/api/v1/routes/auto/versions?note=only%20big",
              "candidates: [big]\nvalue-per-good-answer: 0.5\n");
      assertThat(published.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.json(published).path("name").asString()).isEqualTo("auto@2");
      HttpResponse<String> second = gateway.ask("auto", "b");
      assertThat(HttpCalls.header(second, "x-ockham-model")).isEqualTo("big");
      assertThat(version(gateway, second)).isEqualTo("auto@2");

      assertThat(gateway.admin("POST", "/api/v1/routes/auto/rollback", "").statusCode())
          .isEqualTo(200);
      HttpResponse<String> third = gateway.ask("auto", "c");
      assertThat(HttpCalls.header(third, "x-ockham-model")).isEqualTo("small");
      assertThat(version(gateway, third)).isEqualTo("auto@1");
      JsonNode kept = HttpCalls.getJson(gateway.running, "/api/v1/routes/auto/versions");
      assertThat(kept.path("in_force").asInt()).isEqualTo(1);
      assertThat(kept.at("/versions/0/note").asString()).isEqualTo("only big");
    }
  }

  @Test
  void a_decision_is_made_again_the_same_after_its_route_was_changed() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "org:default", "\"mode\":\"canary\",\"percent\":50,\"holdout_percent\":10");
      gateway.admin(
          "POST",
          "/api/v1/routes/auto/versions",
          """
          candidates: [small, big]
          default: big
          rules:
            - {name: long, when: "request.input_tokens > 100000", exclude: small}
            - {name: mine, when: "caller.role == 'client'", label: mine}
          """);
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (int run = 0; run < 10; run++) {
        answers.add(gateway.ask(run % 2 == 0 ? "big" : "auto", "run " + run));
      }
      gateway.admin("POST", "/api/v1/routes/auto/versions", "candidates: [big]");
      set(gateway, "org:default", "\"mode\":\"observe\"");
      for (HttpResponse<String> answer : answers) {
        JsonNode again =
            HttpCalls.getJson(
                gateway.running,
                "/api/v1/requests/" + HttpCalls.requestId(answer) + "/explanation");
        assertThat(again.at("/rebuilt/same").asBoolean()).as(again.toString()).isTrue();
        assertThat(again.at("/rebuilt/chosen").asString())
            .isEqualTo(HttpCalls.header(answer, "x-ockham-model"));
        assertThat(again.at("/labels/0").asString()).isEqualTo("mine");
      }
    }
  }

  @Test
  void the_report_adds_up_what_would_have_been_and_what_was_saved() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "org:default", "\"mode\":\"advise\"");
      gateway.ask("big", "a");
      gateway.ask("big", "b");
      set(gateway, "org:default", "\"mode\":\"enforce\"");
      gateway.ask("big", "c");

      JsonNode report = HttpCalls.getJson(gateway.running, "/api/v1/report?days=1");
      assertThat(report.path("complete").asBoolean()).isTrue();
      assertThat(report.path("lines").toString())
          .isEqualTo(
              "[{\"mode\":\"advise\",\"serving\":\"baseline\",\"requests\":2,\"compared\":2,"
                  + "\"cost_usd\":\"0.00072\",\"otherwise_usd_estimate\":\"0.000036\"},"
                  + "{\"mode\":\"enforce\",\"serving\":\"routed\",\"requests\":1,\"compared\":1,"
                  + "\"cost_usd\":\"0.000018\",\"otherwise_usd_estimate\":\"0.00036\"}]");
    }
  }

  @Test
  void a_route_with_mistakes_is_refused_with_all_of_them_and_the_old_one_serves() {
    try (var gateway = new LadderGateway(folder)) {
      HttpResponse<String> refused =
          gateway.admin(
              "POST",
              "/api/v1/routes/auto/versions",
              "candidates: [smal]\nvalue-per-good-answer: much\nrule: []\n");

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(refused).path("detail").asString())
          .contains("3 problems")
          .contains("did you mean small?")
          .contains("routes.auto.value-per-good-answer")
          .contains("did you mean rules?");
      assertThat(version(gateway, gateway.ask("auto", "a"))).isEqualTo("auto@1");
      assertThat(gateway.admin("POST", "/api/v1/routes/big/versions", "candidates: [small]").body())
          .contains("that no model has");
    }
  }

  @Test
  void what_was_set_and_published_is_in_force_after_a_restart() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "route:auto", "\"mode\":\"observe\"");
      gateway.admin("POST", "/api/v1/routes/auto/versions", "candidates: [small]");
    }
    try (var gateway = new LadderGateway(folder)) {
      HttpResponse<String> answer = gateway.ask("auto", "a");
      assertThat(HttpCalls.header(answer, "x-ockham-mode")).isEqualTo("observe");
      assertThat(version(gateway, answer)).isEqualTo("auto@2");
    }
  }

  @Test
  void a_bypass_lets_what_is_asked_for_pass_says_who_and_ends() {
    try (var gateway = new LadderGateway(folder)) {
      set(gateway, "route:auto", "\"mode\":\"enforce\"");
      HttpResponse<String> begun =
          gateway.admin("POST", "/api/v1/bypass", "{\"seconds\":3600,\"reason\":\"bad prices\"}");
      assertThat(begun.statusCode()).isEqualTo(200);
      HttpResponse<String> passed = gateway.ask("big", "a");
      assertThat(HttpCalls.header(passed, "x-ockham-model")).isEqualTo("big");
      assertThat(gateway.record(passed).path("serving").asString()).isEqualTo("bypassed");
      JsonNode now = HttpCalls.getJson(gateway.running, "/api/v1/bypass");
      assertThat(now.path("reason").asString()).isEqualTo("bad prices");
      assertThat(now.path("by").asString()).isNotEmpty();

      gateway.admin("DELETE", "/api/v1/bypass", "");
      assertThat(HttpCalls.header(gateway.ask("big", "b"), "x-ockham-model")).isEqualTo("small");
    }
  }

  @Test
  void while_a_bypass_lasts_budgets_watch_and_book() {
    try (var gateway = new LadderGateway(folder)) {
      RunningGateway.get(
          gateway
              .running
              .store()
              .budgets()
              .set(
                  new Budget(
                      "default",
                      Scope.parse("org:default"),
                      Money.ofDollars("0.0000001"),
                      Budget.Period.TOTAL,
                      ZoneOffset.UTC)));
      assertThat(gateway.ask("big", "a").statusCode()).isEqualTo(402);
      gateway.admin("POST", "/api/v1/bypass", "{\"seconds\":60,\"reason\":\"urgent\"}");

      assertThat(gateway.ask("big", "b").statusCode()).isEqualTo(200);
      assertThat(gateway.running.store().budgets().list().getFirst().spent())
          .isEqualTo(Money.ofDollars("0.00036"));
      gateway.admin("DELETE", "/api/v1/bypass", "");
      assertThat(gateway.ask("big", "c").statusCode()).isEqualTo(402);
    }
  }

  @Test
  void a_bypass_needs_a_reason_and_an_end() {
    try (var gateway = new LadderGateway(folder)) {
      assertThat(gateway.admin("POST", "/api/v1/bypass", "{\"seconds\":60}").body())
          .contains("reason");
      assertThat(
              gateway
                  .admin("POST", "/api/v1/bypass", "{\"seconds\":1000000,\"reason\":\"x\"}")
                  .body())
          .contains("86400");
    }
  }

  private static String version(LadderGateway gateway, HttpResponse<?> answer) {
    return gateway.record(answer).at("/versions/route").asString();
  }

  private static void set(LadderGateway gateway, String scope, String how) {
    HttpResponse<String> answer =
        gateway.admin("POST", "/api/v1/adoption", "{\"scope\":\"" + scope + "\"," + how + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
