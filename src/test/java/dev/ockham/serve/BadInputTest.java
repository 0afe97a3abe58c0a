package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.store.Store;
import dev.ockham.store.StoreOpening;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What clients and operators get wrong: each is told what, and nothing is lost or called. */
final class BadInputTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final String ANTHROPIC = "/v1/messages";

  @TempDir Path folder;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        RunningGateway.start(
            folder,
            settings -> settings.withMaxBody(64 * 1024),
            RunningGateway.openAiModel("gpt", upstream));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void broken_json_is_400_in_the_clients_dialect() {
    var openAi = HttpCalls.post(gateway, OPENAI, "{\"model\":\"gpt\",\"messages\":[{]}");
    assertThat(openAi.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(openAi).at("/error/type").asString())
        .isEqualTo("invalid_request_error");
    assertThat(HttpCalls.requestId(openAi)).isNotEmpty();

    var anthropic = HttpCalls.post(gateway, ANTHROPIC, "{\"model\":");
    assertThat(anthropic.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(anthropic).get("type").asString()).isEqualTo("error");
    nothingWasCalled();
  }

  @Test
  void a_key_that_comes_twice_in_the_body_is_400() {
    var response =
        HttpCalls.post(
            gateway,
            OPENAI,
            "{\"model\":\"gpt\",\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("model");
    nothingWasCalled();
  }

  @Test
  void an_unknown_model_is_404_with_near_names() {
    var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpr"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("model_not_found");
    assertThat(response.body()).contains("gpr").contains("gpt");
    nothingWasCalled();
  }

  @Test
  void no_key_and_a_wrong_key_are_401_and_say_what_to_send() {
    var none =
        HttpCalls.send(
            HttpCalls.request(gateway, ANTHROPIC)
                .POST(BodyPublishers.ofString(HttpCalls.anthropicAsk("gpt")))
                .build());
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(HttpCalls.json(none).at("/error/type").asString()).isEqualTo("authentication_error");
    assertThat(none.body()).contains("x-api-key");

    var wrong = HttpCalls.post(gateway, OPENAI, "ock_nobody_nothing", HttpCalls.openAiAsk("gpt"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(HttpCalls.json(wrong).at("/error/code").asString()).isEqualTo("invalid_api_key");
    assertThat(wrong.body()).doesNotContain("ock_nobody_nothing");
    nothingWasCalled();
  }

  @Test
  void a_body_over_the_limit_is_413_whether_announced_or_not() {
    String large = HttpCalls.openAiAsk("gpt").replace("Hello", "x".repeat(100_000));
    assertThat(HttpCalls.post(gateway, OPENAI, large).statusCode()).isEqualTo(413);

    var chunked =
        HttpCalls.send(
            HttpCalls.request(gateway, OPENAI)
                .header("authorization", "Bearer " + gateway.clientKey())
                .POST(
                    BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(
                            large.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .build());
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(chunked.body()).contains("65536");
    nothingWasCalled();
  }

  @Test
  void a_budget_that_has_no_room_says_so_in_figures() {
    set(Money.ofDollars("0.0001"));

    var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

    assertThat(response.statusCode()).isEqualTo(402);
    assertThat(HttpCalls.header(response, "x-should-retry")).isEqualTo("false");
    JsonNode figures = HttpCalls.json(response).get("ockham");
    assertThat(figures.get("scope").asString()).isEqualTo("org:default");
    assertThat(figures.get("limit_usd").asString()).isEqualTo("0.0001");
    assertThat(figures.get("spent_usd").asString()).isEqualTo("0");
    assertThat(figures.get("held_usd").asString()).isEqualTo("0");
    assertThat(figures.get("retryable").asBoolean()).isFalse();
    nothingWasCalled();
  }

  @Test
  void a_wrong_path_or_method_says_what_is_there() {
    assertThat(HttpCalls.get(gateway, "/v1/nothing", gateway.clientKey()).statusCode())
        .isEqualTo(404);
    var wrongMethod = HttpCalls.get(gateway, OPENAI, gateway.clientKey());
    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.body()).contains("POST");
    var ours = HttpCalls.get(gateway, "/api/v1/requests?limit=many", gateway.adminKey());
    assertThat(ours.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.header(ours, "content-type")).isEqualTo("application/problem+json");
    assertThat(ours.body()).contains("many").contains("500");
  }

  @Test
  void a_client_may_not_read_what_is_the_admins_or_anothers() {
    HttpResponse<String> other =
        HttpCalls.post(gateway, OPENAI, gateway.adminKey(), HttpCalls.openAiAsk("gpt"));
    assertThat(other.statusCode()).isEqualTo(200);
    String path = "/api/v1/requests/" + HttpCalls.requestId(other);

    assertThat(HttpCalls.get(gateway, "/api/v1/summary", gateway.clientKey()).statusCode())
        .isEqualTo(403);
    assertThat(HttpCalls.get(gateway, path, gateway.clientKey()).statusCode()).isEqualTo(404);
    assertThat(HttpCalls.get(gateway, path, gateway.adminKey()).statusCode()).isEqualTo(200);
    assertThat(HttpCalls.get(gateway, path, "nonsense").statusCode()).isEqualTo(401);
  }

  @Test
  void a_taken_port_is_named() {
    var settings = ServerSettings.at("127.0.0.1", gateway.port(), 1);
    Gateway second =
        RunningGateway.gateway(
            gateway.store(), RunningGateway.fleet(RunningGateway.openAiModel("gpt", upstream)));

    StartOutcome outcome = Server.start(second, settings);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            StartOutcome.PortTaken.class,
            taken -> assertThat(taken.describe()).contains("" + gateway.port()));
  }

  @Test
  void a_second_process_on_the_data_folder_is_turned_away() {
    StoreOpening second =
        Store.open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));

    assertThat(second).isInstanceOf(StoreOpening.Locked.class);
  }

  private void set(Money limit) {
    var budget =
        new Budget(
            "default", Scope.parse("org:default"), limit, Budget.Period.TOTAL, ZoneOffset.UTC);
    RunningGateway.get(gateway.store().budgets().set(budget));
  }

  private void nothingWasCalled() {
    assertThat(upstream.received()).isEmpty();
    assertThat(gateway.store().accounts().open()).isZero();
  }
}
