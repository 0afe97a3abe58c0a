package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.BedrockReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors in Converse through a running gateway: of its models, and to its clients. */
final class BedrockErrorTest {
  @TempDir Path folder;

  @Test
  void errors_of_a_foreign_model_come_in_its_words() {
    try (var upstream =
            ScriptedUpstream.start(request ->
                AnthropicReplies.error(529, "overloaded_error", "Overloaded, come back"));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var response = BedrockCalls.post(gateway, "/model/claude/converse", BedrockCalls.ASK);

      assertThat(response.statusCode()).isEqualTo(529);
      assertThat(HttpCalls.header(response, "x-amzn-errortype"))
          .isEqualTo("ServiceUnavailableException");
      assertThat(BedrockCalls.text(response)).isEqualTo("{\"message\":\"Overloaded, come back\"}");
    }
  }

  @Test
  void our_own_errors_come_in_its_words() {
    try (var upstream =
            ScriptedUpstream.start(BedrockReplies.answer(BedrockCalls.BODY, BedrockCalls.EVENTS));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      var unknown = BedrockCalls.post(gateway, "/model/nobody/converse", BedrockCalls.ASK);
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(HttpCalls.header(unknown, "x-amzn-errortype"))
          .isEqualTo("ResourceNotFoundException");

      var malformed = BedrockCalls.post(gateway, "/model/claude/converse", "{\"messages\":7}");
      assertThat(malformed.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.header(malformed, "x-amzn-errortype")).isEqualTo("ValidationException");
      assertThat(BedrockCalls.text(malformed)).startsWith("{\"message\":\"messages: 7 (expected");
    }
  }

  @Test
  void its_errors_reach_its_clients_and_others() {
    Script fails = request -> BedrockReplies.error(400, "ValidationException", "too long");
    try (var upstream = ScriptedUpstream.start(fails);
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      var own = BedrockCalls.post(gateway, "/model/claude/converse", BedrockCalls.ASK);
      assertThat(own.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.header(own, "x-amzn-errortype"))
          .isEqualTo("ValidationException:http://x");
      assertThat(BedrockCalls.text(own)).isEqualTo("{\"message\":\"too long\"}");

      var chat = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("claude"));
      assertThat(chat.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(chat).at("/error/message").asString()).isEqualTo("too long");
    }
  }

  @Test
  void others_are_told_to_wait_when_it_is_throttled() {
    Script fails = request -> BedrockReplies.error(429, "ThrottlingException", "slow down");
    try (var upstream = ScriptedUpstream.start(fails);
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      var chat = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("claude"));
      assertThat(chat.statusCode()).isEqualTo(429);
      assertThat(HttpCalls.header(chat, "retry-after")).isEqualTo("1");
    }
  }

  @Test
  void a_full_quota_or_a_failed_model_is_replaced_by_the_next() {
    for (Reply failure :
        List.of(
            BedrockReplies.error(400, "ServiceQuotaExceededException", "full"),
            BedrockReplies.error(424, "ModelErrorException", "broken"),
            BedrockReplies.error(408, "ModelTimeoutException", "late"),
            BedrockReplies.error(429, "ModelNotReadyException", "cold"),
            BedrockReplies.stream(List.of("throttlingException {\"message\":\"slow\"}")))) {
      try (var failing = ScriptedUpstream.start(request -> failure);
          var working = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
          var gateway =
              RunningGateway.start(
                  folder.resolve(String.valueOf(failure.length())),
                  BedrockCalls.bedrock("first", failing),
                  RunningGateway.openAiModel("second", working))) {

        List<String> events = BedrockCalls.stream(gateway, "auto", BedrockCalls.ASK);

        assertThat(events).anyMatch(event -> event.contains("\"text\":\"Hello\""));
        assertThat(failing.received()).hasSize(1);
      }
    }
  }

  @Test
  void an_exception_inside_a_stream_reaches_the_client_in_its_own_words() {
    var broken =
        List.of(
            BedrockCalls.EVENTS.get(0),
            BedrockCalls.EVENTS.get(1),
            "modelStreamErrorException {\"message\":\"it broke\"}");
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BedrockCalls.BODY, broken));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      assertThat(BedrockCalls.stream(gateway, "claude", BedrockCalls.ASK)).isEqualTo(broken);
      assertThat(
              HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiStream("claude"))
                  .body())
          .contains("\"message\":\"it broke\"")
          .doesNotContain("[DONE]");
    }
  }
}
