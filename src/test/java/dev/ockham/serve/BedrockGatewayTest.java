package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converse through a running gateway: its clients everywhere, everyone at its models. */
final class BedrockGatewayTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ASK =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
  private static final String USAGE =
      "\"usage\":{\"inputTokens\":11,\"outputTokens\":7,\"totalTokens\":18},\"metrics\":{\"latencyMs\":5}";
  private static final String BODY =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},\"stopReason\":\"end_turn\","
          + USAGE
          + "}";
  private static final List<String> EVENTS =
      List.of(
          "messageStart {\"role\":\"assistant\"}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}",
          "contentBlockStop {\"contentBlockIndex\":0}",
          "messageStop {\"stopReason\":\"end_turn\"}",
          "metadata {" + USAGE + "}");

  /** A thought with a signature, and a call. */
  private static final List<String> CALL =
      List.of(
          "messageStart {\"role\":\"assistant\"}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Hm.\"}}}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2lnbmVk\"}}}",
          "contentBlockStop {\"contentBlockIndex\":0}",
          "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_1\",\"name\":\"weather\"}}}",
          "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}}",
          "contentBlockStop {\"contentBlockIndex\":1}",
          "messageStop {\"stopReason\":\"tool_use\"}",
          "metadata {" + USAGE + "}");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  private static Model bedrock(String id, ScriptedUpstream upstream) {
    var endpoint =
        new Endpoint(
            "bedrock-converse",
            Dialect.BEDROCK_CONVERSE,
            upstream.url(),
            Duration.ofSeconds(30));
    return RunningGateway.model(id, endpoint);
  }

  private static HttpResponse<byte[]> post(RunningGateway gateway, String path, String body) {
    try {
      return CLIENT.send(
          HttpCalls.request(gateway, path)
              .header("authorization", "Bearer " + gateway.clientKey())
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> stream(RunningGateway gateway, String model, String body) {
    var response = post(gateway, "/model/" + model + "/converse-stream", body);
    assertThat(HttpCalls.header(response, "content-type"))
        .isEqualTo("application/vnd.amazon.eventstream");
    return BedrockReplies.events(response.body());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonNode whole(RunningGateway gateway, String model, String body) {
    var response = post(gateway, "/model/" + model + "/converse", body);
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void its_own_clients_get_the_models_bytes_and_the_model_gets_theirs() {
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BODY, EVENTS));
        var gateway = RunningGateway.start(folder, bedrock("eu.claude:0", upstream))) {

      var whole = post(gateway, "/model/eu.claude%3A0/converse", ASK);
      assertThat(text(whole)).isEqualTo(BODY);
      assertThat(HttpCalls.header(whole, "x-amzn-requestid")).isEqualTo("aws-1");
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/model/upstream-eu.claude%3A0/converse");
      assertThat(upstream.lastReceived().text()).isEqualTo(ASK);
      assertThat(upstream.lastReceived().header("authorization"))
          .hasValue("Bearer secret-of-bedrock-converse");

      assertThat(stream(gateway, "eu.claude%3A0", ASK)).isEqualTo(EVENTS);
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/model/upstream-eu.claude%3A0/converse-stream");
      assertThat(whole.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void its_clients_reach_a_chat_model() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello you", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {

      JsonNode answer = whole(gateway, "gpt", ASK);
      assertThat(answer.at("/output/message/content/0/text").asString()).isEqualTo("Hello you");
      assertThat(answer.at("/stopReason").asString()).isEqualTo("end_turn");
      assertThat(answer.at("/usage/totalTokens").asInt()).isEqualTo(18);
      assertThat(answer.at("/metrics/latencyMs").asLong()).isBetween(0L, 20_000L);

      List<String> events = stream(gateway, "gpt", ASK);
      assertThat(events.getFirst()).isEqualTo("messageStart {\"role\":\"assistant\"}");
      assertThat(events.get(1))
          .isEqualTo("contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello\"}}");
      assertThat(events.getLast()).startsWith("metadata {\"usage\":{\"inputTokens\":11,\"outputTokens\":7");
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
      List<String> events = stream(gateway, "claude", ASK.substring(0, ASK.length() - 1) + tools + "}");
      assertThat(events)
          .contains(
              "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"toolu_1\",\"name\":\"weather\"}}}",
              "messageStop {\"stopReason\":\"tool_use\"}");
      JsonNode asked = JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/tools/0/name").asString()).isEqualTo("weather");
      assertThat(asked.at("/tool_choice/type").asString()).isEqualTo("any");

      whole(
          gateway,
          "claude",
          """
          {"messages":[{"role":"user","content":[{"text":"Hello"}]},
            {"role":"assistant","content":[{"toolUse":{"toolUseId":"toolu_1","name":"weather","input":{"city":"Paris"}}}]},
            {"role":"user","content":[{"toolResult":{"toolUseId":"toolu_1","content":[{"json":{"degrees":12}}]}}]}]%s}\
          """
              .formatted(tools));
      asked = JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/messages/2/content/0/tool_use_id").asString()).isEqualTo("toolu_1");
      assertThat(asked.at("/messages/2/content/0/content").asString()).isEqualTo("{\"degrees\":12}");
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

      JsonNode said = whole(gateway, "claude", ASK).at("/output/message");
      assertThat(said.toString()).doesNotContain("c2lnbmVk").doesNotContain("cmVk");
      whole(
          gateway,
          "claude",
          """
          {"messages":[{"role":"user","content":[{"text":"Hello"}]},%s,
            {"role":"user","content":[{"toolResult":{"toolUseId":"toolu_1","content":[{"text":"x"}]}}]}]}\
          """
              .formatted(said));

      assertThat(JSON.readTree(upstream.lastReceived().body()).at("/messages/1/content"))
          .isEqualTo(
              JSON.readTree(
                  """
                  [{"type":"thinking","thinking":"Hm.","signature":"c2lnbmVk"},
                   {"type":"redacted_thinking","data":"cmVk"},
                   {"type":"tool_use","id":"toolu_1","name":"f","input":{}}]\
                  """));
    }
  }

  @Test
  void a_chat_client_gives_the_signature_back_without_knowing_it() {
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BODY, CALL));
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

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

      JsonNode asked = JSON.readTree(upstream.lastReceived().body());
      assertThat(asked.at("/messages/1/content"))
          .isEqualTo(
              JSON.readTree(
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
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(thought(), CALL));
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

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

      assertThat(JSON.readTree(upstream.lastReceived().body()).at("/messages/1/content/0"))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2lnbmVk"}}}\
                  """));
    }
  }

  private static String thought() {
    return BODY.replace(
        "{\"text\":\"Hi\"}",
        "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Hm.\",\"signature\":\"c2lnbmVk\"}}},{\"text\":\"Hi\"}");
  }

  @Test
  void a_messages_client_streams_from_it() {
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BODY, CALL));
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

      var response =
          HttpCalls.post(
              gateway,
              "/v1/messages",
              HttpCalls.anthropicAsk("claude").replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));

      assertThat(response.body())
          .contains("\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"")
          .contains("\"type\":\"signature_delta\"")
          .contains("\"stop_reason\":\"tool_use\"")
          .contains("\"input_tokens\":11")
          .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
  }

  @Test
  void errors_of_a_foreign_model_come_in_its_words() {
    try (var upstream =
            ScriptedUpstream.start(
                request ->
                    AnthropicReplies.error(529, "overloaded_error", "Overloaded, come back"));
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      var response = post(gateway, "/model/claude/converse", ASK);

      assertThat(response.statusCode()).isEqualTo(529);
      assertThat(HttpCalls.header(response, "x-amzn-errortype"))
          .isEqualTo("ServiceUnavailableException");
      assertThat(text(response)).isEqualTo("{\"message\":\"Overloaded, come back\"}");
    }
  }

  @Test
  void our_own_errors_come_in_its_words() {
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BODY, EVENTS));
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

      var unknown = post(gateway, "/model/nobody/converse", ASK);
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(HttpCalls.header(unknown, "x-amzn-errortype"))
          .isEqualTo("ResourceNotFoundException");

      var malformed = post(gateway, "/model/claude/converse", "{\"messages\":7}");
      assertThat(malformed.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.header(malformed, "x-amzn-errortype")).isEqualTo("ValidationException");
      assertThat(text(malformed)).startsWith("{\"message\":\"messages: 7 (expected");
    }
  }

  @Test
  void its_errors_reach_its_clients_and_others() {
    Script fails = request -> BedrockReplies.error(400, "ValidationException", "too long");
    try (var upstream = ScriptedUpstream.start(fails);
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

      var own = post(gateway, "/model/claude/converse", ASK);
      assertThat(own.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.header(own, "x-amzn-errortype"))
          .isEqualTo("ValidationException:http://x");
      assertThat(text(own)).isEqualTo("{\"message\":\"too long\"}");

      var chat = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("claude"));
      assertThat(chat.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(chat).at("/error/message").asString()).isEqualTo("too long");
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
                  bedrock("first", failing),
                  RunningGateway.openAiModel("second", working))) {

        List<String> events = stream(gateway, "auto", ASK);

        assertThat(events).anyMatch(event -> event.contains("\"text\":\"Hello\""));
        assertThat(failing.received()).hasSize(1);
      }
    }
  }

  @Test
  void an_exception_inside_a_stream_reaches_the_client_in_its_own_words() {
    var broken =
        List.of(EVENTS.get(0), EVENTS.get(1), "modelStreamErrorException {\"message\":\"it broke\"}");
    try (var upstream = ScriptedUpstream.start(BedrockReplies.answer(BODY, broken));
        var gateway = RunningGateway.start(folder, bedrock("claude", upstream))) {

      assertThat(stream(gateway, "claude", ASK)).isEqualTo(broken);
      assertThat(
              HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiStream("claude"))
                  .body())
          .contains("\"message\":\"it broke\"")
          .doesNotContain("[DONE]");
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
              .request(
                  HttpMethod.POST, gateway.port(), "127.0.0.1", "/model/gpt/converse-stream")
              .compose(request -> {
                request.putHeader("authorization", "Bearer " + gateway.clientKey());
                return request.send(Buffer.buffer(ASK));
              })
              .compose(response ->
                  response.body().map(all -> {
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
