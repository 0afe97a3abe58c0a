package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gemini's dialect through a running gateway: its clients everywhere, everyone at its models. */
final class GeminiGatewayTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ASK = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";
  private static final String OPENAI = "/v1/chat/completions";

  @TempDir Path folder;

  private static Model gemini(String id, ScriptedUpstream upstream) {
    var endpoint =
        new Endpoint(
            "google", Dialect.GEMINI_GENERATE, upstream.url() + "/v1beta", Duration.ofSeconds(30));
    return RunningGateway.model(id, endpoint);
  }

  private static String path(String model, String method) {
    return "/v1beta/models/" + model + ":" + method;
  }

  private static String chunk(String parts, String finish) {
    return """
    {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0%s}],\
    "usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":8,"totalTokenCount":28},\
    "modelVersion":"upstream-model","responseId":"resp1"}\
    """
        .formatted(parts, finish.isEmpty() ? "" : ",\"finishReason\":\"" + finish + "\"");
  }

  /** Answers with the parts, each a chunk of its own where a stream is asked for. */
  private static Script answers(String... parts) {
    return request ->
        request.path().endsWith(":streamGenerateContent?alt=sse")
            ? Reply.stream(
                java.util.stream.IntStream.range(0, parts.length)
                    .mapToObj(i -> chunk(parts[i], i == parts.length - 1 ? "STOP" : ""))
                    .map(json -> "data: " + json + "\r\n\r\n")
                    .toList())
            : Reply.json(200, chunk(String.join(",", parts), "STOP"));
  }

  @Test
  void its_own_clients_get_the_models_bytes_and_the_model_gets_theirs() {
    try (var upstream = ScriptedUpstream.start(answers("{\"text\":\"Hi\"}", "{\"text\":\"!\"}"));
        var gateway = RunningGateway.start(folder, gemini("flash", upstream))) {

      var whole = HttpCalls.post(gateway, path("flash", "generateContent"), ASK);
      assertThat(whole.body()).isEqualTo(chunk("{\"text\":\"Hi\"},{\"text\":\"!\"}", "STOP"));
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/v1beta/models/upstream-flash:generateContent");
      assertThat(upstream.lastReceived().text()).isEqualTo(ASK);

      var events = HttpCalls.post(gateway, path("flash", "streamGenerateContent?alt=sse"), ASK);
      assertThat(HttpCalls.header(events, "content-type")).isEqualTo("text/event-stream");
      assertThat(events.body())
          .isEqualTo(
              "data: "
                  + chunk("{\"text\":\"Hi\"}", "")
                  + "\r\n\r\ndata: "
                  + chunk("{\"text\":\"!\"}", "STOP")
                  + "\r\n\r\n");

      var array = HttpCalls.post(gateway, path("flash", "streamGenerateContent"), ASK);
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/v1beta/models/upstream-flash:streamGenerateContent?alt=sse");
      assertThat(HttpCalls.header(array, "content-type")).isEqualTo("application/json");
      assertThat(array.body())
          .isEqualTo(
              "["
                  + chunk("{\"text\":\"Hi\"}", "")
                  + "\n,\n"
                  + chunk("{\"text\":\"!\"}", "STOP")
                  + "]\n");
      JsonNode record =
          HttpCalls.getJson(gateway, "/api/v1/requests/" + HttpCalls.requestId(array));
      assertThat(record.at("/attempts/0/usage/output").asLong()).isEqualTo(8);
      assertThat(record.at("/attempts/0/basis").asString()).isEqualTo("reported");
    }
  }

  @Test
  void its_clients_are_answered_by_others() {
    try (var openAi = ScriptedUpstream.start(OpenAiReplies.text("Hello you", 11, 7));
        var anthropic = ScriptedUpstream.start(AnthropicReplies.text("Hello you", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                RunningGateway.openAiModel("gpt", openAi),
                RunningGateway.anthropicModel("claude", anthropic))) {
      for (String model : List.of("gpt", "claude")) {
        JsonNode whole =
            HttpCalls.json(HttpCalls.post(gateway, path(model, "generateContent"), ASK));
        assertThat(text(whole)).isEqualTo("Hello you");
        assertThat(whole.at("/usageMetadata/totalTokenCount").asInt()).isEqualTo(18);
        assertThat(whole.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
        assertThat(whole.get("modelVersion").asString()).isEqualTo(model);

        JsonNode array =
            HttpCalls.json(HttpCalls.post(gateway, path(model, "streamGenerateContent"), ASK));
        var said = new StringBuilder();
        array.forEach(element -> said.append(text(element)));
        assertThat(said.toString()).isEqualTo("Hello you");
        assertThat(array.get(array.size() - 1).at("/usageMetadata/totalTokenCount").asInt())
            .isEqualTo(18);

        String events =
            HttpCalls.post(gateway, path(model, "streamGenerateContent?alt=sse"), ASK).body();
        assertThat(events).startsWith("data: {").endsWith("}\n\n").contains("\"finishReason\"");
      }
    }
  }

  private static String text(JsonNode reply) {
    var text = new StringBuilder();
    reply.at("/candidates/0/content/parts").forEach(p -> text.append(p.path("text").asString("")));
    return text.toString();
  }

  @Test
  void others_clients_are_answered_by_its_models() {
    try (var upstream =
            ScriptedUpstream.start(answers("{\"text\":\"Hello \"}", "{\"text\":\"you\"}"));
        var gateway = RunningGateway.start(folder, gemini("flash", upstream))) {

      var openAi = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("flash"));
      assertThat(HttpCalls.json(openAi).at("/choices/0/message/content").asString())
          .isEqualTo("Hello you");

      var stream = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("flash"));
      assertThat(stream.body()).contains("\"content\":\"you\"").endsWith("data: [DONE]\n\n");

      var anthropic = HttpCalls.post(gateway, "/v1/messages", HttpCalls.anthropicAsk("flash"));
      assertThat(HttpCalls.json(anthropic).at("/usage/input_tokens").asInt()).isEqualTo(20);
    }
  }

  @Test
  void its_signature_comes_back_to_it_through_a_chat_client_as_it_was() {
    String call =
        "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}},\"thoughtSignature\":\"U0lH+/==\"}";
    try (var upstream = ScriptedUpstream.start(answers(call));
        var gateway = RunningGateway.start(folder, gemini("gemini-3-pro", upstream))) {

      JsonNode first =
          HttpCalls.json(HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gemini-3-pro")))
              .at("/choices/0");
      assertThat(first.get("finish_reason").asString()).isEqualTo("tool_calls");
      JsonNode message = first.get("message");
      String again =
          """
          {"model":"gemini-3-pro","messages":[{"role":"user","content":"Hello"},%s,
            {"role":"tool","tool_call_id":"%s","content":"18"}]}\
          """
              .formatted(message, message.at("/tool_calls/0/id").asString());
      HttpCalls.post(gateway, OPENAI, again);

      JsonNode contents = JSON.readTree(upstream.lastReceived().text()).get("contents");
      assertThat(contents.at("/1/parts/0/thoughtSignature").asString()).isEqualTo("U0lH+/==");
      assertThat(contents.at("/2/parts/0/functionResponse/name").asString()).isEqualTo("weather");
    }
  }

  @Test
  void anothers_signature_comes_back_to_its_maker_through_a_gemini_client_as_it_was() {
    Script claude =
        request ->
            Reply.json(
                200,
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[
                  {"type":"thinking","thinking":"hm","signature":"EqQB+/=="},
                  {"type":"tool_use","id":"toolu_1","name":"weather","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}\
                """);
    try (var upstream = ScriptedUpstream.start(claude);
        var gateway =
            RunningGateway.start(folder, RunningGateway.anthropicModel("claude", upstream))) {

      JsonNode content =
          HttpCalls.json(HttpCalls.post(gateway, path("claude", "generateContent"), ASK))
              .at("/candidates/0/content");
      String signature = content.at("/parts/0/thoughtSignature").asString();
      assertThat(signature).startsWith("ock1");
      String again =
          """
          {"contents":[{"parts":[{"text":"Hello"}]},%s,
            {"parts":[{"functionResponse":{"id":"toolu_1","name":"weather","response":{"output":"18"}}}]}]}\
          """
              .formatted(content.toString().replace(signature, urlSafe(signature)));
      HttpCalls.post(gateway, path("claude", "generateContent"), again);

      JsonNode messages = JSON.readTree(upstream.lastReceived().text()).get("messages");
      assertThat(messages.at("/1/content/0/signature").asString()).isEqualTo("EqQB+/==");
      assertThat(messages.at("/1/content/1/id").asString()).isEqualTo("toolu_1");
      assertThat(messages.at("/2/content/0/tool_use_id").asString()).isEqualTo("toolu_1");
    }
  }

  /** As Google's Python client sends it again. */
  private static String urlSafe(String base64) {
    return base64.replace('+', '-').replace('/', '_');
  }

  @Test
  void errors_are_told_in_its_words_with_status_and_text() {
    Reply busy =
        Reply.json(
            429,
            """
            {"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[
              {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"}]}}\
            """);
    try (var upstream = ScriptedUpstream.start(request -> busy);
        var other =
            ScriptedUpstream.start(
                request -> OpenAiReplies.error(400, "invalid_request_error", "too odd"));
        var gateway =
            RunningGateway.start(
                folder, gemini("flash", upstream), RunningGateway.openAiModel("gpt", other))) {

      var own = HttpCalls.post(gateway, path("flash", "generateContent"), ASK);
      assertThat(own.statusCode()).isEqualTo(429);
      assertThat(HttpCalls.header(own, "retry-after")).isEqualTo("3");
      assertThat(HttpCalls.json(own).at("/error/status").asString())
          .isEqualTo("RESOURCE_EXHAUSTED");

      HttpResponse<String> translated =
          HttpCalls.post(gateway, path("gpt", "generateContent"), ASK);
      assertThat(translated.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(translated).at("/error/message").asString()).isEqualTo("too odd");
      assertThat(HttpCalls.json(translated).at("/error/status").asString())
          .isEqualTo("INVALID_ARGUMENT");

      for (String model : List.of("flash", "gpt", "nobody")) {
        JsonNode array =
            HttpCalls.json(HttpCalls.post(gateway, path(model, "streamGenerateContent"), ASK));
        assertThat(array.size()).isEqualTo(1);
        assertThat(array.at("/0/error/code").asInt()).isGreaterThanOrEqualTo(400);
      }

      var malformed = HttpCalls.post(gateway, path("flash", "generateContent"), "{}");
      assertThat(HttpCalls.json(malformed).at("/error/message").asString())
          .startsWith("contents: missing");

      var openAi = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("flash"));
      assertThat(openAi.statusCode()).isEqualTo(429);
      assertThat(HttpCalls.json(openAi).at("/error/type").asString()).isEqualTo("rate_limit_error");
    }
  }

  @Test
  void a_stream_that_is_cut_ends_with_an_error_in_every_form() {
    Script cut =
        request -> Reply.stream(List.of("data: " + chunk("{\"text\":\"Hel\"}", "") + "\n\n"));
    try (var upstream = ScriptedUpstream.start(cut);
        var gateway = RunningGateway.start(folder, gemini("flash", upstream))) {

      var events = HttpCalls.post(gateway, path("flash", "streamGenerateContent?alt=sse"), ASK);
      assertThat(events.body()).contains("data: {\"error\":{\"code\":502");

      JsonNode array =
          HttpCalls.json(HttpCalls.post(gateway, path("flash", "streamGenerateContent"), ASK));
      assertThat(array.size()).isEqualTo(2);
      assertThat(array.get(1).at("/error/code").asInt()).isEqualTo(502);

      var openAi = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiStream("flash"));
      assertThat(openAi.body()).contains("\"error\"").doesNotContain("[DONE]");
    }
  }

  @Test
  void tokens_are_counted_and_models_listed_in_its_shape() {
    try (var openAi = ScriptedUpstream.start(OpenAiReplies.text("x", 1, 1));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", openAi))) {

      JsonNode count = HttpCalls.json(HttpCalls.post(gateway, path("gpt", "countTokens"), ASK));
      assertThat(count.get("totalTokens").asInt()).isPositive();

      JsonNode models =
          HttpCalls.json(HttpCalls.get(gateway, "/v1beta/models", gateway.clientKey()));
      assertThat(models.get("models").findValuesAsString("name")).contains("models/gpt");
    }
  }
}
