package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Catalog;
import dev.ockham.catalog.Deployment;
import dev.ockham.catalog.Deployments;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.provider.Patience;
import dev.ockham.provider.Retries;
import dev.ockham.route.Fleet;
import dev.ockham.route.Objective;
import dev.ockham.route.Route;
import dev.ockham.route.Scorer;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Providers that fail before they answer: F1 to F5 and F30 of the fault list. */
final class AttemptFaultsTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final Script WELL = OpenAiReplies.text("Hello", 10, 5);
  private static final Retries ONCE = new Retries(1, Duration.ofSeconds(2));

  /** Long enough for a loaded machine. */
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15));

  @TempDir Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void f1_a_busy_deployment_is_left_alone_and_another_answers_at_once() {
    var busy = upstream(request -> OpenAiReplies.error(429, "r", "slow down", "retry-after: 60"));
    var well = upstream(WELL);
    var gateway = gateway(Retries.NONE, busy, well);

    for (int i = 0; i < 20; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
    }

    assertThat(busy.received()).hasSizeLessThanOrEqualTo(1);
    assertThat(well.received()).hasSize(20);
  }

  @Test
  void f1_a_short_wait_that_the_only_provider_asks_for_is_waited() {
    var calls = new AtomicInteger();
    var busy =
        upstream(request ->
            calls.incrementAndGet() == 1
                ? OpenAiReplies.error(429, "r", "slow down", "retry-after-ms: 50")
                : WELL.reply(request));
    var gateway = gateway(ONCE, busy);

    var response = ask(gateway);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(busy.received()).hasSize(2);
    assertThat(attempts(gateway, response)).hasSize(2);
  }

  @Test
  void f2_a_failure_is_repeated_elsewhere_and_each_attempt_is_recorded_once() {
    for (int status : new int[] {500, 502, 503, 504, 529}) {
      var failing = upstream(request -> OpenAiReplies.error(status, "server_error", "broken"));
      var well = upstream(WELL);
      var gateway = gateway("f2-" + status, Retries.NONE, failing, well);

      for (int i = 0; i < 6; i++) {
        var response = ask(gateway);
        assertThat(response.statusCode()).as("%d", status).isEqualTo(200);
        int before = failing.received().size() + well.received().size();
        assertThat(attempts(gateway, response).size()).isBetween(1, 2);
        assertThat(before).isLessThanOrEqualTo(12);
      }
      assertThat(well.received()).hasSize(6);
    }
  }

  @Test
  void f2_who_was_refused_twice_is_told_not_to_ask_again() {
    var failing = upstream(request -> OpenAiReplies.error(500, "server_error", "broken"));
    var gateway = gateway(ONCE, failing);

    var response = ask(gateway);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(failing.received()).hasSize(2);
    assertThat(HttpCalls.header(response, "x-should-retry")).isEqualTo("false");
  }

  @Test
  void f3_an_overload_told_in_the_stream_before_anything_is_answered_elsewhere() {
    String overloaded =
        "data: {\"error\":{\"message\":\"busy\",\"type\":\"overloaded_error\",\"code\":503}}\n\n";
    var busy = upstream(request -> Reply.stream(List.of(overloaded)));
    var well = upstream(WELL);
    var gateway = gateway(Retries.NONE, busy, well);

    for (int i = 0; i < 4; i++) {
      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("chat"));
      assertThat(response.body()).contains("Hello").contains("[DONE]").doesNotContain("busy");
    }
    assertThat(well.received()).hasSize(4);
  }

  @Test
  void f4_a_refused_credential_is_not_shown_again_and_its_words_are_not_told() {
    var refusing =
        upstream(request -> OpenAiReplies.error(401, "auth", "Incorrect key: sk-openai-secret"));
    var well = upstream(WELL);
    var gateway = gateway(Retries.DEFAULT, refusing, well);
    for (int i = 0; i < 10; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
    }
    assertThat(refusing.received()).hasSizeLessThanOrEqualTo(1);

    var alone = gateway("alone", Retries.DEFAULT, refusing);
    var first = ask(alone);
    var second = ask(alone);

    assertThat(first.statusCode()).isEqualTo(502);
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(first.body() + second.body()).doesNotContain("sk-openai-secret");
    assertThat(second.body()).contains("credential refused");
    assertThat(get(alone, "/ready")).contains("credential refused").doesNotContain("sk-");
    assertThat(get(alone, "/metrics"))
        .containsPattern("ockham_deployment_state\\{.*state=\"credential_refused\"} 1");
  }

  @Test
  void f5_a_deployment_that_accepts_and_says_nothing_is_given_up_for_another() {
    var silent = upstream(request -> new Reply(List.of()).stall());
    var well = upstream(WELL);
    var gateway = gateway(Retries.NONE, silent, well);

    while (silent.received().isEmpty()) {
      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("chat"));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("Hello");
    }
  }

  @Test
  void a_request_that_the_provider_refuses_trips_no_breaker() {
    var strict = upstream(request -> OpenAiReplies.error(400, "invalid_request_error", "no"));
    var gateway = gateway(Retries.DEFAULT, strict);

    for (int i = 0; i < 30; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(400);
    }
    assertThat(strict.received()).hasSize(30);
    assertThat(get(gateway, "/ready")).isEqualTo("ready\n");
  }

  @Test
  void f30_with_all_down_clients_are_told_at_once_and_a_probe_finds_them_well_again() {
    var calls = new AtomicInteger();
    var gate = new CountDownLatch(1);
    var one =
        upstream(request -> {
          calls.incrementAndGet();
          return gate.getCount() == 0
              ? WELL.reply(request)
              : OpenAiReplies.error(500, "server_error", "broken");
        });
    var gateway = gateway(Retries.NONE, one);
    for (int i = 0; i < 5; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(500);
    }

    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long began = System.nanoTime();
      var refused = ask(gateway);
      fastest = Math.min(fastest, System.nanoTime() - began);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(Integer.parseInt(HttpCalls.header(refused, "retry-after"))).isBetween(1, 5);
      assertThat(HttpCalls.json(refused).at("/error/code").asString())
          .isEqualTo("no_deployment_available");
    }
    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(50));
    assertThat(calls).hasValue(5);
    assertThat(HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("chat")).body())
        .contains("overloaded_error");

    gate.countDown();
    Eventually.equal(200, () -> ask(gateway).statusCode(), Duration.ofSeconds(8));
  }

  @Test
  void a_deployment_that_is_silently_slower_loses_its_share() {
    var slow = upstream(request -> after(100, request));
    var usual = upstream(request -> after(20, request));
    var gateway = gateway(Retries.NONE, slow, usual);
    for (int i = 0; i < 30; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
    }
    int before = slow.received().size();

    for (int i = 0; i < 60; i++) {
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
    }

    assertThat(slow.received().size() - before).isLessThan(15);
  }

  /** The provider thinks for so long. */
  private static Reply after(int millis, Received request) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    return WELL.reply(request);
  }

  private ScriptedUpstream upstream(Script script) {
    var upstream = ScriptedUpstream.start(script);
    open.add(upstream);
    return upstream;
  }

  private RunningGateway gateway(Retries retries, ScriptedUpstream... places) {
    return gateway("store", retries, places);
  }

  /** One model, {@code chat}, served in all these places. */
  private RunningGateway gateway(String name, Retries retries, ScriptedUpstream... places) {
    var deployments = new ArrayList<Deployment>();
    for (int i = 0; i < places.length; i++) {
      var endpoint =
          new Endpoint(
              i == 0 ? "openai" : "openai-" + i,
              Dialect.OPENAI_CHAT,
              places[i].url() + "/v1",
              Duration.ofSeconds(30));
      deployments.add(
          new Deployment(RunningGateway.model("chat", endpoint), 1, OptionalInt.empty()));
    }
    Model first = deployments.getFirst().model();
    var models = new LinkedHashMap<>(Map.of("chat", first));
    var catalog = new Catalog("c", models, Map.of(), Map.of("chat", new Deployments(deployments)));
    var route = new Route("auto", List.of("chat"), "chat", List.of(), new Objective(0.01));
    var fleet = new Fleet(catalog, Map.of("auto", route), "auto", Scorer.none(), "r");
    var settings = StoreSettings.of(folder.resolve(name), Clock.systemUTC(), new SecureRandom());
    var store = RunningGateway.open(settings);
    var gateway =
        RunningGateway.start(
            RunningGateway.gateway(store, fleet),
            usual -> usual.withRetries(retries).withPatience(PATIENCE));
    open.add(gateway);
    return gateway;
  }

  private static HttpResponse<String> ask(RunningGateway gateway) {
    return HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("chat"));
  }

  private static String get(RunningGateway gateway, String path) {
    return HttpCalls.get(gateway, path, gateway.clientKey()).body();
  }

  private static JsonNode attempts(RunningGateway gateway, HttpResponse<String> response) {
    String path = "/api/v1/requests/" + HttpCalls.requestId(response);
    Eventually.equal(
        200,
        () -> HttpCalls.get(gateway, path, gateway.adminKey()).statusCode(),
        Duration.ofSeconds(5));
    return HttpCalls.getJson(gateway, path).get("attempts");
  }
}
