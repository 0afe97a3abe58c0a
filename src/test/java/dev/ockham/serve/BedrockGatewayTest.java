package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.BedrockReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Converse through a running gateway: its clients everywhere, everyone at its models. */
final class BedrockGatewayTest {
  @TempDir Path folder;

  @Test
  void its_own_clients_get_the_models_bytes_and_the_model_gets_theirs() {
    try (var upstream =
            ScriptedUpstream.start(BedrockReplies.answer(BedrockCalls.BODY, BedrockCalls.EVENTS));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("eu.claude:0", upstream))) {

      var whole = BedrockCalls.post(gateway, "/model/eu.claude%3A0/converse", BedrockCalls.ASK);
      assertThat(BedrockCalls.text(whole)).isEqualTo(BedrockCalls.BODY);
      assertThat(HttpCalls.header(whole, "x-amzn-requestid")).isEqualTo("aws-1");
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/model/upstream-eu.claude%3A0/converse");
      assertThat(upstream.lastReceived().text()).isEqualTo(BedrockCalls.ASK);
      assertThat(upstream.lastReceived().header("authorization"))
          .hasValue("Bearer secret-of-bedrock-converse");

      assertThat(BedrockCalls.stream(gateway, "eu.claude%3A0", BedrockCalls.ASK))
          .isEqualTo(BedrockCalls.EVENTS);
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/model/upstream-eu.claude%3A0/converse-stream");
      assertThat(whole.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void its_clients_reach_a_chat_model() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello you", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      JsonNode answer = BedrockCalls.whole(gateway, "gpt", BedrockCalls.ASK);
      assertThat(answer.at("/output/message/content/0/text").asString()).isEqualTo("Hello you");
      assertThat(answer.at("/stopReason").asString()).isEqualTo("end_turn");
      assertThat(answer.at("/usage/totalTokens").asInt()).isEqualTo(18);
      assertThat(answer.at("/metrics/latencyMs").asLong()).isBetween(0L, 20_000L);

      List<String> events = BedrockCalls.stream(gateway, "gpt", BedrockCalls.ASK);
      assertThat(events.getFirst()).isEqualTo("messageStart {\"role\":\"assistant\"}");
      assertThat(events.get(1))
          .isEqualTo("contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello\"}}");
      assertThat(events.getLast())
          .startsWith("metadata {\"usage\":{\"inputTokens\":11,\"outputTokens\":7");
    }
  }

  @Test
  void its_clients_call_tools_through_an_anthropic_model() {
    try (var upstream =
            ScriptedUpstream.start(AnthropicReplies.toolCall("weather", "{\"city\":\"Paris\"}"));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {
      String tools =
          """
          ,"toolConfig":{"tools":[{"toolSpec":{"name":"weather","inputSchema":{"json":{"type":"object"}}}}],
           "toolChoice":{"any":{}}}\
          """;
      List<String> events =
          BedrockCalls.stream(
              gateway,
              "claude",
              BedrockCalls.ASK.substring(0, BedrockCalls.ASK.length() - 1) + tools + "}");
      assertThat(events)
          .contains(
              "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"toolu_1\",\"name\":\"weather\"}}}",
              "messageStop {\"stopReason\":\"tool_use\"}");
      JsonNode asked = BedrockCalls.JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/tools/0/name").asString()).isEqualTo("weather");
      assertThat(asked.at("/tool_choice/type").asString()).isEqualTo("any");

      BedrockCalls.whole(
          gateway,
          "claude",
          """
          {"messages":[{"role":"user","content":[{"text":"Hello"}]},
            {"role":"assistant","content":[{"toolUse":{"toolUseId":"toolu_1","name":"weather","input":{"city":"Paris"}}}]},
            {"role":"user","content":[{"toolResult":{"toolUseId":"toolu_1","content":[{"json":{"degrees":12}}]}}]}]%s}\
          """
              .formatted(tools));
      asked = BedrockCalls.JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/messages/2/content/0/tool_use_id").asString()).isEqualTo("toolu_1");
      assertThat(asked.at("/messages/2/content/0/content").asString())
          .isEqualTo("{\"degrees\":12}");
    }
  }

  @Test
  void a_signature_comes_back_to_an_anthropic_model_as_it_was() {
    Script thinks =
        request ->
            Reply.json(
                200,
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[
                  {"type":"thinking","thinking":"Hm.","signature":"c2lnbmVk"},
                  {"type":"redacted_thinking","data":"cmVk"},
                  {"type":"tool_use","id":"toolu_1","name":"f","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}\
                """);
    try (var upstream = ScriptedUpstream.start(thinks);
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      JsonNode said = BedrockCalls.whole(gateway, "claude", BedrockCalls.ASK).at("/output/message");
      assertThat(said.toString()).doesNotContain("c2lnbmVk").doesNotContain("cmVk");
      BedrockCalls.whole(
          gateway,
          "claude",
          """
          {"messages":[{"role":"user","content":[{"text":"Hello"}]},%s,
            {"role":"user","content":[{"toolResult":{"toolUseId":"toolu_1","content":[{"text":"x"}]}}]}]}\
          """
              .formatted(said));

      assertThat(
              BedrockCalls.JSON.readTree(upstream.lastReceived().body()).at("/messages/1/content"))
          .isEqualTo(
              BedrockCalls.JSON.readTree(
                  """
                  [{"type":"thinking","thinking":"Hm.","signature":"c2lnbmVk"},
                   {"type":"redacted_thinking","data":"cmVk"},
                   {"type":"tool_use","id":"toolu_1","name":"f","input":{}}]\
                  """));
    }
  }

  @Test
  void a_chat_client_gives_the_signature_back_without_knowing_it() {
    try (var upstream =
            ScriptedUpstream.start(BedrockReplies.answer(BedrockCalls.BODY, BedrockCalls.CALL));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      var first = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiStream("claude"));
      assertThat(first.body()).contains("tooluse_1").endsWith("data: [DONE]\n\n");
      HttpCalls.post(
          gateway,
          "/v1/chat/completions",
          """
          {"model":"claude","messages":[{"role":"user","content":"Hello"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"tooluse_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
            {"role":"tool","tool_call_id":"tooluse_1","content":"12 C"}]}\
          """);

      JsonNode asked = BedrockCalls.JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/messages/1/content"))
          .isEqualTo(
              BedrockCalls.JSON.readTree(
                  """
                  [{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2lnbmVk"}}},
                   {"toolUse":{"toolUseId":"tooluse_1","name":"weather","input":{"city":"Paris"}}}]\
                  """));
      assertThat(asked.at("/messages/2/content/0/toolResult/content/0/text").asString())
          .isEqualTo("12 C");
    }
  }

  @Test
  void a_messages_client_gives_the_signature_back_sealed() {
    try (var upstream =
            ScriptedUpstream.start(BedrockReplies.answer(thought(), BedrockCalls.CALL));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      JsonNode said =
          HttpCalls.json(HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("claude")));
      assertThat(said.at("/content/0/type").asString()).isEqualTo("thinking");
      assertThat(said.toString()).doesNotContain("c2lnbmVk");
      HttpCalls.post(
          gateway,
          "/v1/messages",
          """
          {"model":"claude","max_tokens":100,"messages":[{"role":"user","content":"Hello"},
            {"role":"assistant","content":%s},{"role":"user","content":"Go on"}]}\
          """
              .formatted(said.at("/content")));

      assertThat(
              BedrockCalls.JSON
                  .readTree(upstream.lastReceived().body())
                  .at("/messages/1/content/0"))
          .isEqualTo(
              BedrockCalls.JSON.readTree(
                  """
                  {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2lnbmVk"}}}\
                  """));
    }
  }

  private static String thought() {
    return BedrockCalls.BODY.replace(
        "{\"text\":\"Hi\"}",
        "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Hm.\",\"signature\":\"c2lnbmVk\"}}},{\"text\":\"Hi\"}");
  }

  @Test
  void a_messages_client_streams_from_it() {
    try (var upstream =
            ScriptedUpstream.start(BedrockReplies.answer(BedrockCalls.BODY, BedrockCalls.CALL));
        var gateway = RunningGateway.start(folder, BedrockCalls.bedrock("claude", upstream))) {

      var response =
          HttpCalls.post(
              gateway,
              "/v1/messages",
              HttpCalls.anthropicAsk("claude")
                  .replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));

      assertThat(response.body())
          .contains("\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"")
          .contains("\"type\":\"signature_delta\"")
          .contains("\"stop_reason\":\"tool_use\"")
          .contains("\"input_tokens\":11")
          .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
  }

  @Test
  void clients_that_begin_with_http_2_in_the_clear_are_served() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      var client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      var body = new ByteArrayOutputStream();

      HttpVersion version =
          client
              .request(HttpMethod.POST, gateway.port(), "127.0.0.1", "/model/gpt/converse-stream")
              .compose(request -> {
                request.putHeader("authorization", "Bearer " + gateway.clientKey());
                return request.send(Buffer.buffer(BedrockCalls.ASK));
              })
              .compose(response ->
                  response
                      .body()
                      .map(all -> {
                        body.writeBytes(all.getBytes());
                        return response.request().version();
                      }))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);

      assertThat(version).isEqualTo(HttpVersion.HTTP_2);
      assertThat(BedrockReplies.events(body.toByteArray()).getLast()).startsWith("metadata ");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
