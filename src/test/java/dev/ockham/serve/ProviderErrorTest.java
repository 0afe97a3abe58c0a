package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import dev.ockham.testing.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told of a provider's errors and limits. */
final class ProviderErrorTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final String OWN =
      "{ \"error\" : {\"message\":\"bad\",\"type\":\"invalid_request_error\",\"param\":\"tools[0]\","
          + "\"code\":\"invalid_tool\",\"extra\":1}}";

  @TempDir Path folder;

  @Test
  void a_client_of_the_provider_s_dialect_gets_its_error_byte_for_byte() {
    try (var refusing =
            ScriptedUpstream.start(request -> Reply.json(422, OWN, "x-request-id: req-7"));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", refusing))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.body()).isEqualTo(OWN);
      assertThat(HttpCalls.header(response, "x-request-id")).isEqualTo("req-7");
      assertThat(HttpCalls.header(response, "x-ockham-model")).isEqualTo("gpt");
    }
  }

  @Test
  void an_error_that_breaks_off_is_not_passed_on_as_if_it_were_whole() {
    String half =
        "HTTP/1.1 422 Unprocessable\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n"
            + OWN.substring(0, 20);
    List<Step> steps = List.of(new Step.Send(half), new Step.Close());
    try (var refusing = ScriptedUpstream.start(request -> new Reply(steps));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", refusing))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(HttpCalls.json(response).at("/error/message").isString()).isTrue();
    }
  }

  @Test
  void a_client_of_another_dialect_gets_status_and_text_in_its_own() {
    try (var refusing = ScriptedUpstream.start(request -> Reply.json(422, OWN));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", refusing))) {

      var response = HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(HttpCalls.json(response).get("type").asString()).isEqualTo("error");
      assertThat(HttpCalls.json(response).at("/error/message").asString()).isEqualTo("bad");
    }
  }

  @Test
  void an_error_page_is_said_again_as_an_error_of_the_dialect() {
    try (var refusing =
            ScriptedUpstream.start(request -> Reply.whole(503, "text/html", "<h1>Down</h1>"));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", refusing))) {

      var response = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(HttpCalls.json(response).at("/error/message").asString()).contains("Down");
    }
  }

  @Test
  void what_is_left_of_the_provider_s_limits_is_told_in_its_own_dialect_only() {
    String[] limits = {"anthropic-ratelimit-requests-remaining: 7", "x-secret: 1"};
    try (var upstream =
            ScriptedUpstream.start(
                request -> Reply.json(200, AnthropicReplies.textBody("Hello", 11, 7), limits));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var same = HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("claude"));
      var other = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("claude"));

      String header = "anthropic-ratelimit-requests-remaining";
      assertThat(HttpCalls.header(same, header)).isEqualTo("7");
      assertThat(HttpCalls.header(same, "x-secret")).isEmpty();
      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(HttpCalls.header(other, header)).isEmpty();
    }
  }

  @Test
  void when_to_come_again_is_told_in_any_dialect() {
    try (var busy =
            ScriptedUpstream.start(request ->
                OpenAiReplies.error(
                    429, "requests", "slow down", "retry-after: 3", "retry-after-ms: 2500"));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("gpt", busy),
                RunningGateway.openAiModel("other", busy))) {

      for (var response :
          new java.net.http.HttpResponse<?>[] {
            HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt")),
            HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("other"))
          }) {
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(HttpCalls.header(response, "retry-after")).isEqualTo("3");
        assertThat(HttpCalls.header(response, "retry-after-ms")).isEqualTo("2500");
        assertThat(HttpCalls.header(response, "x-should-retry")).isEmpty();
      }
    }
  }
}
