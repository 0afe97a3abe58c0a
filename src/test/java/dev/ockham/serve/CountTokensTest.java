package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many tokens an input is: the provider's count where it can be had, else our estimate. */
final class CountTokensTest {
  private static final String ANTHROPIC = "/v1/messages/count_tokens";
  private static final String BODY =
      "{\"model\":\"%s\", \"messages\":[{\"role\":\"user\",\"content\":\"Hello, how are you?\"}],\"x\":1}";

  @TempDir Path folder;

  @Test
  void a_provider_of_the_client_s_dialect_counts_and_nothing_is_held_or_recorded() {
    try (var upstream =
            ScriptedUpstream.start(request -> Reply.json(200, "{\"input_tokens\":42}"));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var response = HttpCalls.post(gateway, ANTHROPIC + "?beta=true", BODY.formatted("claude"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"input_tokens\":42}");
      assertThat(HttpCalls.header(response, "x-ockham-warnings")).isEmpty();
      assertThat(upstream.lastReceived().path()).isEqualTo("/v1/messages/count_tokens");
      assertThat(upstream.lastReceived().header("x-api-key")).hasValue("sk-ant-secret");
      assertThat(upstream.lastReceived().text()).isEqualTo(BODY.formatted("upstream-claude"));
      assertThat(gateway.store().accounts().open()).isZero();
      assertThat(HttpCalls.getJson(gateway, "/api/v1/requests").get("requests")).isEmpty();
    }
  }

  @Test
  void a_model_of_another_dialect_and_a_route_are_estimated_and_that_is_told() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 1, 1));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      for (String model : new String[] {"gpt", "auto"}) {
        var response = HttpCalls.post(gateway, ANTHROPIC, BODY.formatted(model));

        assertEstimated(response);
      }
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void an_estimate_is_told_in_every_dialect_s_shape() {
    String gemini =
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello, how are you?\"}]}]}";
    String bedrock =
        "{\"input\":{\"converse\":{\"messages\":[{\"role\":\"user\","
            + "\"content\":[{\"text\":\"Hello, how are you?\"}]}]}}}";
    String responses = "{\"model\":\"gpt\",\"input\":\"Hello, how are you?\"}";
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 1, 1));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      assertCounted(
          HttpCalls.post(gateway, "/v1beta/models/gpt:countTokens", gemini), "totalTokens");
      assertCounted(HttpCalls.post(gateway, "/model/gpt/count-tokens", bedrock), "inputTokens");
      assertCounted(
          HttpCalls.post(gateway, "/v1/responses/input_tokens", responses), "input_tokens");
    }
  }

  private static void assertCounted(HttpResponse<String> response, String field) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(HttpCalls.json(response).get(field).asLong()).isBetween(4L, 10L);
    assertThat(HttpCalls.header(response, "x-ockham-warnings")).contains("estimated");
  }

  @Test
  void a_provider_that_cannot_count_is_replaced_by_the_estimate() {
    Script without = request -> AnthropicReplies.error(404, "not_found_error", "no such path");
    try (var upstream = ScriptedUpstream.start(without);
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var estimated = HttpCalls.post(gateway, ANTHROPIC, BODY.formatted("claude"));
      assertEstimated(estimated);
      assertThat(estimated.headers().firstValue("x-ockham-model")).isEmpty();
    }
  }

  @Test
  void what_the_provider_refuses_to_count_is_refused_in_its_words() {
    Script refusing = request -> AnthropicReplies.error(400, "invalid_request_error", "bad tool");
    try (var upstream = ScriptedUpstream.start(refusing);
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var response = HttpCalls.post(gateway, ANTHROPIC, BODY.formatted("claude"));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("bad tool");
    }
  }

  @Test
  void an_unknown_model_a_wrong_key_and_a_broken_body_are_told_in_the_dialect() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 1, 1));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      var unknown = HttpCalls.post(gateway, ANTHROPIC, BODY.formatted("gpd"));
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(HttpCalls.json(unknown).at("/error/type").asString()).isEqualTo("not_found_error");
      assertThat(unknown.body()).contains("gpt");
      assertThat(HttpCalls.post(gateway, ANTHROPIC, "wrong", BODY.formatted("gpt")).statusCode())
          .isEqualTo(401);
      assertThat(HttpCalls.post(gateway, ANTHROPIC, "{\"model\":7}").statusCode()).isEqualTo(400);
    }
  }

  private static void assertEstimated(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(HttpCalls.json(response).get("input_tokens").asLong()).isBetween(4L, 10L);
    assertThat(HttpCalls.header(response, "x-ockham-warnings")).contains("estimated");
  }
}
