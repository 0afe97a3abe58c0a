package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The list of models, and one of them, in the shape the asking client knows. */
final class ModelListTest {
  @TempDir Path folder;
  private final ScriptedUpstream upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 1, 1));
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        RunningGateway.start(
            folder,
            RunningGateway.openAiModel("gpt", upstream),
            RunningGateway.openAiModel("maker/claude-x", upstream));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void claude_code_discovers_models_in_anthropic_s_shape() {
    var list =
        HttpCalls.json(
            HttpCalls.send(
                HttpCalls.request(gateway, "/v1/models?limit=1000")
                    .header("authorization", "Bearer " + gateway.clientKey())
                    .header("user-agent", "claude-code/2.1.330")
                    .build()));

    assertThat(ids(list)).containsExactly("auto", "gpt", "maker/claude-x", "nickname");
    assertThat(list.at("/data/0/type").asString()).isEqualTo("model");
    assertThat(list.get("has_more").asBoolean()).isFalse();
  }

  @Test
  void an_anthropic_client_goes_through_the_list_page_by_page() throws IOException {
    var first = HttpCalls.json(anthropic("/v1/models?limit=3"));
    assertThat(ids(first)).containsExactly("auto", "gpt", "maker/claude-x");
    assertThat(first.get("has_more").asBoolean()).isTrue();
    assertThat(first.get("last_id").asString()).isEqualTo("maker/claude-x");

    var second = HttpCalls.json(anthropic("/v1/models?limit=3&after_id=maker%2Fclaude-x"));
    assertThat(ids(second)).containsExactly("nickname");
    assertThat(second.get("has_more").asBoolean()).isFalse();

    assertThat(anthropic("/v1/models?limit=0").statusCode()).isEqualTo(400);
    assertThat(anthropic("/v1/models?after_id=nobody").statusCode()).isEqualTo(400);
    try (var client = new RawClient(gateway.port())) {
      client.head(
          "GET /v1/models?limit=%zz HTTP/1.1",
          "host: test", "authorization: Bearer " + gateway.clientKey());
      assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void a_gemini_client_gets_pages_and_models_in_its_shape() {
    var first = gemini("/v1beta/models?pageSize=3");
    assertThat(first.at("/models/1/name").asString()).isEqualTo("models/gpt");
    String token = first.get("nextPageToken").asString();
    var second = gemini("/v1beta/models?pageSize=3&pageToken=maker%2Fclaude-x");
    assertThat(token).isEqualTo("maker/claude-x");
    assertThat(second.get("models")).hasSize(1);
    assertThat(second.has("nextPageToken")).isFalse();
    assertThat(gemini("/v1beta/models/gpt").get("name").asString()).isEqualTo("models/gpt");
    assertThat(gemini("/v1beta/models/nobody").at("/error/status").asString())
        .isEqualTo("NOT_FOUND");
  }

  private JsonNode gemini(String path) {
    return HttpCalls.json(HttpCalls.get(gateway, path, gateway.clientKey()));
  }

  @Test
  void one_model_is_told_by_its_name_whose_slashes_may_be_encoded_or_not() {
    for (String path : List.of("/v1/models/maker/claude-x", "/v1/models/maker%2Fclaude-x")) {
      var openAi = HttpCalls.json(HttpCalls.get(gateway, path, gateway.clientKey()));
      assertThat(openAi.get("id").asString()).isEqualTo("maker/claude-x");
      assertThat(openAi.get("object").asString()).isEqualTo("model");
      assertThat(HttpCalls.json(anthropic(path)).get("type").asString()).isEqualTo("model");
    }
  }

  @Test
  void a_model_that_does_not_exist_is_404_in_the_client_s_dialect() {
    var openAi = HttpCalls.get(gateway, "/v1/models/nobody", gateway.clientKey());
    assertThat(openAi.statusCode()).isEqualTo(404);
    assertThat(HttpCalls.json(openAi).at("/error/code").asString()).isEqualTo("model_not_found");
    var anthropic = anthropic("/v1/models/nobody");
    assertThat(anthropic.statusCode()).isEqualTo(404);
    assertThat(HttpCalls.json(anthropic).at("/error/type").asString()).isEqualTo("not_found_error");
  }

  private HttpResponse<String> anthropic(String path) {
    return HttpCalls.send(
        HttpCalls.request(gateway, path)
            .header("authorization", "Bearer " + gateway.clientKey())
            .header("anthropic-version", "2026-10-21")
            .build());
  }

  private static List<String> ids(JsonNode list) {
    return list.get("data").valueStream().map(model -> model.get("id").asString()).toList();
  }
}
