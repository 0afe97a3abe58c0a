package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients and providers that mean harm, or err badly: they get an answer, and holds always end. */
final class HostileTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long HUGE = Long.MAX_VALUE;

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void a_count_no_call_can_have_is_not_believed() {
    RunningGateway gateway = serving(OpenAiReplies.text("Hello", HUGE, HUGE));

    for (String ask : List.of(HttpCalls.openAiAsk("gpt"), HttpCalls.openAiStream("gpt"))) {
      var response = HttpCalls.post(gateway, OPENAI, ask);

      assertThat(response.statusCode()).isEqualTo(200);
      var attempt = HttpCalls.getJson(gateway, requestPath(HttpCalls.requestId(response)));
      assertThat(attempt.get("attempts").get(0).get("basis").asString()).isEqualTo("estimated");
    }
    nothingIsHeld(gateway);
  }

  @Test
  void a_provider_s_header_with_control_characters_is_a_failure_that_is_told_and_booked() {
    String[] headers = {"x-request-id: a\u0001b\u000bc", "retry-after: 1\u0001"};
    RunningGateway gateway =
        serving(request ->
            request.asksForStream()
                ? Reply.stream(OpenAiReplies.textEvents("Hello", 11, 7), headers)
                : Reply.json(200, OpenAiReplies.textBody("Hello", 11, 7), headers));

    for (String ask : List.of(HttpCalls.openAiAsk("gpt"), HttpCalls.openAiStream("gpt"))) {
      assertThat(HttpCalls.post(gateway, OPENAI, ask).statusCode()).isEqualTo(502);
    }
    nothingIsHeld(gateway);
  }

  @Test
  void a_provider_s_endless_request_id_is_not_passed_on() {
    String id = "x-request-id: " + "a".repeat(5000);
    String body = OpenAiReplies.textBody("Hello", 11, 7);
    RunningGateway gateway = serving(request -> Reply.json(200, body, id));

    var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(HttpCalls.header(response, "x-request-id")).isEmpty();
  }

  @Test
  void a_client_s_header_with_control_characters_is_answered_and_holds_nothing()
      throws IOException {
    ScriptedUpstream upstream = upstream(OpenAiReplies.text("Hello", 11, 7));
    RunningGateway gateway = gateway(RunningGateway.anthropicModel("claude", upstream));
    String body = HttpCalls.anthropicAsk("claude");
    try (var client = new RawClient(gateway.port())) {
      client
          .head(
              "POST /v1/messages HTTP/1.1",
              "host: test",
              "x-api-key: " + gateway.clientKey(),
              "anthropic-beta: a\u0001b\u000bc",
              "content-length: " + body.length())
          .send(body);

      assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 ");
    }
    nothingIsHeld(gateway);
  }

  @Test
  void a_query_with_a_broken_escape_is_answered() {
    RunningGateway gateway = serving(OpenAiReplies.text("Hello", 11, 7));
    try (var client = new RawClient(gateway.port())) {
      client.head(
          "GET /api/v1/requests?limit=%zz HTTP/1.1",
          "host: test", "authorization: Bearer " + gateway.adminKey());

      assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 400");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void of_two_caps_the_larger_is_held() {
    RunningGateway gateway = serving(OpenAiReplies.text("Hello", 11, 7));
    limit(gateway, "0.001");

    assertThat(ask(gateway, "\"max_completion_tokens\":1,\"max_tokens\":4000").statusCode())
        .isEqualTo(402);
    assertThat(ask(gateway, "\"max_tokens\":4000,\"max_completion_tokens\":1").statusCode())
        .isEqualTo(402);
    assertThat(ask(gateway, "\"max_tokens\":10").statusCode()).isEqualTo(200);
  }

  @Test
  void text_in_fields_that_only_the_provider_reads_is_held_too() {
    RunningGateway gateway = serving(OpenAiReplies.text("Hello", 11, 7));
    limit(gateway, "0.001");
    String functions = "\"functions\":[{\"name\":\"f\",\"description\":\"%s\"}]";

    assertThat(
            ask(gateway, "\"max_tokens\":10," + functions.formatted("x".repeat(9000))).statusCode())
        .isEqualTo(402);
    assertThat(ask(gateway, "\"max_tokens\":10," + functions.formatted("x")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_client_that_does_not_wait_for_its_whole_answer_pays_what_was_expected_of_it()
      throws IOException {
    ScriptedUpstream upstream = upstream(request -> new Reply(List.of()).stall());
    RunningGateway gateway = gateway(RunningGateway.openAiModel("gpt", upstream));
    var client = new RawClient(gateway.port());
    client.post(OPENAI, gateway.clientKey(), HttpCalls.openAiAsk("gpt"));
    upstream.awaitRequests(1, Duration.ofSeconds(10));

    client.close();
    upstream.awaitOpenConnections(0, SECOND);

    nothingIsHeld(gateway);
    var list = HttpCalls.getJson(gateway, "/api/v1/requests").get("requests");
    var request = HttpCalls.getJson(gateway, requestPath(list.get(0).get("id").asString()));
    assertThat(request.get("attempts").get(0).get("usage").get("output").asLong()).isPositive();
  }

  private RunningGateway serving(Script script) {
    return gateway(RunningGateway.openAiModel("gpt", upstream(script)));
  }

  private ScriptedUpstream upstream(Script script) {
    var upstream = ScriptedUpstream.start(script);
    open.add(upstream);
    return upstream;
  }

  private RunningGateway gateway(Model model) {
    var gateway = RunningGateway.start(folder, model);
    open.add(gateway);
    return gateway;
  }

  private static java.net.http.HttpResponse<String> ask(RunningGateway gateway, String fields) {
    return HttpCalls.post(
        gateway,
        OPENAI,
        "{\"model\":\"gpt\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .formatted(fields));
  }

  private static String requestPath(String id) {
    return "/api/v1/requests/" + id;
  }

  private static void nothingIsHeld(RunningGateway gateway) {
    Eventually.equal(0, () -> gateway.store().accounts().open(), SECOND);
  }

  private static void limit(RunningGateway gateway, String dollars) {
    var budget =
        new Budget(
            "default",
            Scope.parse("org:default"),
            Money.ofDollars(dollars),
            Budget.Period.TOTAL,
            ZoneOffset.UTC);
    RunningGateway.get(gateway.store().budgets().set(budget));
  }
}
