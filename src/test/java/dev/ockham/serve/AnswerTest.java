package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import dev.ockham.testing.Step;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes to the provider, what comes back to the client, and what is written down of it. */
final class AnswerTest {
  private static final String OPENAI = "/v1/chat/completions";

  @TempDir Path folder;

  @Test
  void the_provider_receives_the_clients_bytes_with_only_the_model_changed() {
    String body =
        "{ \"messages\" : [{\"role\":\"user\",\"content\":\"caf\\u00e9 \u00e9\\n\"}],\n\t\"model\":\"gpt\" ,"
            + "\"x_future\":{\"b\":1,\"a\":[1.50,2e3]},\"temperature\":0.70}";
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      var response = HttpCalls.post(gateway, OPENAI + "?beta=true", body);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(OpenAiReplies.textBody("Hello", 11, 7));
      var received = upstream.lastReceived();
      assertThat(received.text()).isEqualTo(body.replace("\"gpt\"", "\"upstream-gpt\""));
      assertThat(received.path()).isEqualTo("/v1/chat/completions");
      assertThat(received.header("authorization")).hasValue("Bearer sk-openai-secret");
      assertThat(received.head()).doesNotContain(gateway.clientKey());
    }
  }

  @Test
  void a_stream_is_asked_for_its_usage_which_a_client_that_did_not_ask_does_not_see() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("gpt"));

      assertThat(upstream.lastReceived().text()).contains("\"include_usage\":true");
      assertThat(response.body()).endsWith("data: [DONE]\n\n").doesNotContain("prompt_tokens");
      JsonNode request = recorded(gateway, HttpCalls.requestId(response));
      assertThat(request.at("/attempts/0/usage/input").asLong()).isEqualTo(11);
      assertThat(request.at("/attempts/0/basis").asString()).isEqualTo("reported");
    }
  }

  @Test
  void an_anthropic_provider_gets_our_key_and_the_clients_version_and_betas_and_nothing_else() {
    try (var upstream = ScriptedUpstream.start(AnthropicReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      HttpCalls.send(
          HttpCalls.request(gateway, "/v1/messages")
              .header("x-api-key", gateway.clientKey())
              .header("anthropic-version", "2026-10-21")
              .header("anthropic-beta", "some-beta-2026-01-01")
              .header("cookie", "session=1")
              .header("x-forwarded-for", "10.0.0.1")
              .POST(BodyPublishers.ofString(HttpCalls.anthropicAsk("claude")))
              .build());

      var received = upstream.lastReceived();
      assertThat(received.path()).isEqualTo("/v1/messages");
      assertThat(received.header("x-api-key")).hasValue("sk-ant-secret");
      assertThat(received.header("anthropic-version")).hasValue("2026-10-21");
      assertThat(received.header("anthropic-beta")).hasValue("some-beta-2026-01-01");
      assertThat(received.header("authorization")).isEmpty();
      assertThat(received.header("cookie")).isEmpty();
      assertThat(received.header("x-forwarded-for")).isEmpty();
    }
  }

  @Test
  void every_answer_names_its_request_model_and_route_and_a_whole_one_its_cost() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("gpt", upstream),
                RunningGateway.openAiModel("big", upstream))) {

      var whole = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("big"));

      assertThat(HttpCalls.header(whole, "x-ockham-model")).isEqualTo("big");
      assertThat(HttpCalls.header(whole, "x-ockham-route")).isEqualTo("auto");
      assertThat(HttpCalls.header(whole, "x-ockham-cost-usd")).isEqualTo("0.000025");
      JsonNode request = recorded(gateway, HttpCalls.requestId(whole));
      assertThat(request.get("mode").asString()).isEqualTo("observe");
      assertThat(request.get("cost_usd").asString()).isEqualTo("0.000025");
      assertThat(request.get("alternative").asString()).isEqualTo("gpt");
      assertThat(request.get("alternative_cost_usd_estimate").asString()).isEqualTo("0.000025");
      assertThat(request.at("/attempts/0/lines/0/tokens").asLong()).isEqualTo(11);
      assertThat(request.at("/attempts/0/lines/0/usd_per_token").asString()).isEqualTo("0.000001");

      var stream = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("auto"));
      assertThat(HttpCalls.header(stream, "x-ockham-model")).isEqualTo("gpt");
      assertThat(HttpCalls.header(stream, "x-ockham-cost-usd")).isEmpty();
    }
  }

  @Test
  void a_provider_that_fails_before_the_first_byte_is_replaced_by_the_next() {
    try (var failing =
            ScriptedUpstream.start(request -> OpenAiReplies.error(503, "server_error", "down"));
        var working = ScriptedUpstream.start(AnthropicReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("first", failing),
                RunningGateway.anthropicModel("second", working))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("auto"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(response, "x-ockham-model")).isEqualTo("second");
      JsonNode attempts = recorded(gateway, HttpCalls.requestId(response)).get("attempts");
      assertThat(attempts).hasSize(2);
      assertThat(attempts.get(0).get("state").asString()).isEqualTo("voided");
      assertThat(attempts.get(1).get("state").asString()).isEqualTo("settled");
      assertThat(gateway.store().accounts().open()).isZero();
    }
  }

  @Test
  void when_all_fail_the_client_is_told_and_asked_not_to_retry() {
    try (var failing =
            ScriptedUpstream.start(request -> OpenAiReplies.error(503, "server_error", "down"));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("first", failing),
                RunningGateway.openAiModel("second", failing))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("auto"));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("down");
      assertThat(HttpCalls.header(response, "x-should-retry")).isEqualTo("false");
      assertThat(failing.received()).hasSize(2);
    }
  }

  @Test
  void what_a_provider_refuses_is_passed_on_and_not_tried_elsewhere() {
    try (var refusing =
            ScriptedUpstream.start(
                request -> OpenAiReplies.error(400, "invalid_request_error", "bad tool schema"));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("first", refusing),
                RunningGateway.openAiModel("second", refusing))) {

      var response = HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("auto"));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(response).at("/error/message").asString())
          .contains("bad tool schema");
      assertThat(refusing.received()).hasSize(1);
    }
  }

  @Test
  void a_refused_credential_is_our_fault_and_its_text_is_not_passed_on() {
    try (var refusing =
            ScriptedUpstream.start(
                request -> OpenAiReplies.error(401, "auth", "key sk-openai-secret is bad"));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", refusing))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body()).contains("openai").doesNotContain("sk-openai-secret");
    }
  }

  @Test
  void a_cut_stream_ends_with_an_error_and_is_not_retried() {
    var whole = Reply.stream(OpenAiReplies.textEvents("One two three four", 11, 7));
    try (var cutting =
            ScriptedUpstream.start(
                request -> whole.cutAfter(whole.length() / 2, new Step.Reset()));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("first", cutting),
                RunningGateway.openAiModel("second", cutting))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("auto"));

      assertThat(response.body()).contains("One").contains("\"error\"").doesNotContain("[DONE]");
      assertThat(cutting.received()).hasSize(1);
      JsonNode request = recorded(gateway, HttpCalls.requestId(response));
      assertThat(request.get("status").asString()).isEqualTo("failed");
      assertThat(request.at("/attempts/0/basis").asString()).isEqualTo("estimated");
    }
  }

  @Test
  void a_stalled_provider_is_given_up_before_and_after_the_first_byte() {
    var events = OpenAiReplies.textEvents("One two", 11, 7);
    try (var silent = ScriptedUpstream.start(request -> new Reply(List.of()).stall());
        var stalling =
            ScriptedUpstream.start(
                request -> Reply.streamHead().chunks(events.subList(0, 2)).stall());
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withPatience(RunningGateway.impatient()),
                RunningGateway.openAiModel("silent", silent),
                RunningGateway.openAiModel("stalling", stalling))) {

      var before = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("silent"));
      assertThat(before.statusCode()).isEqualTo(504);

      var after = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("stalling"));
      assertThat(after.body()).contains("One").contains("took too long").doesNotContain("[DONE]");
      assertThat(gateway.store().accounts().open()).isZero();
    }
  }

  @Test
  void a_redirect_or_a_login_page_is_not_an_answer() {
    try (var moving =
            ScriptedUpstream.start(request ->
                Reply.whole(302, "text/html", "", "location: http://127.0.0.1:1/elsewhere"));
        var portal =
            ScriptedUpstream.start(request -> Reply.whole(200, "text/html", "<h1>Log in</h1>"));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("moving", moving),
                RunningGateway.openAiModel("portal", portal))) {

      var redirected = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("moving"));
      assertThat(redirected.statusCode()).isEqualTo(502);
      var page = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("portal"));
      assertThat(page.statusCode()).isEqualTo(502);
      assertThat(page.body()).contains("text/html").doesNotContain("Log in");
    }
  }

  @Test
  void a_provider_that_is_not_there_is_named() {
    ScriptedUpstream gone = ScriptedUpstream.start(OpenAiReplies.text("Hello", 1, 1));
    gone.close();
    try (var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", gone))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body())
          .contains("\\\"openai\\\"")
          .contains("cannot be reached")
          .doesNotContain("127.0.0.1");
      JsonNode request = recorded(gateway, HttpCalls.requestId(response));
      assertThat(request.at("/attempts/0/state").asString()).isEqualTo("voided");
    }
  }

  private static JsonNode recorded(RunningGateway gateway, String id) {
    return HttpCalls.getJson(gateway, "/api/v1/requests/" + id);
  }
}
