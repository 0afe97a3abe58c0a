package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.policy.Caller;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that a client of OpenAI's Responses leaves to us to remember. */
final class StoredResponsesTest {
  private static final String PATH = "/v1/responses";
  private static final String OWN =
      """
      {"id":"resp_%d","object":"response","created_at":1,"status":"completed","model":"m","output":[\
      {"id":"rs_1","type":"reasoning","summary":[]},\
      {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[\
      {"type":"output_text","text":"Paris, I think","annotations":[]}]}],\
      "usage":{"input_tokens":11,"output_tokens":7,"total_tokens":18}}\
      """;

  @TempDir Path folder;

  @Test
  void a_translated_conversation_goes_on_by_the_id_of_its_last_answer() {
    try (var upstream = ScriptedUpstream.start(AnthropicReplies.text("Paris, I think", 11, 7));
        var gateway = keeping(RunningGateway.anthropicModel("claude", upstream))) {
      var first = ask(gateway, "\"input\":\"Capital of France?\",\"stream\":true", "claude");
      assertThat(first.body()).contains("response.completed");
      String id = first.body().replaceAll("(?s).*\"id\":\"(resp_[^\"]+)\".*", "$1");

      var second =
          ask(
              gateway,
              "\"previous_response_id\":\"%s\",\"input\":[{\"role\":\"user\",\"content\":\"Sure?\"}]"
                  .formatted(id),
              "claude");

      assertThat(second.statusCode()).isEqualTo(200);
      var messages = HttpCalls.JSON.readTree(upstream.lastReceived().text()).get("messages");
      assertThat(messages.findValuesAsString("text"))
          .containsExactly("Capital of France?", "Paris, I think", "Sure?");
      assertThat(messages.findValuesAsString("role")).containsExactly("user", "assistant", "user");
    }
  }

  @Test
  void a_provider_of_the_dialect_gets_the_whole_conversation_and_keeps_none_of_it() {
    try (var upstream =
            ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(request.number())));
        var gateway = keeping(responsesModel("gpt", upstream))) {
      var first = ask(gateway, "\"input\":\"Capital of France?\"", "gpt");
      assertThat(first.body()).isEqualTo(OWN.formatted(1));
      assertThat(upstream.lastReceived().text()).contains("\"store\":false");

      ask(gateway, "\"store\":true,\"input\":\"Sure?\",\"previous_response_id\":\"resp_1\"", "gpt");
      var third = ask(gateway, "\"previous_response_id\":\"resp_2\",\"input\":\"Really?\"", "gpt");

      assertThat(third.statusCode()).isEqualTo(200);
      var sent = HttpCalls.JSON.readTree(upstream.lastReceived().text());
      assertThat(sent.get("store").asBoolean()).isFalse();
      assertThat(sent.get("previous_response_id").isNull()).isTrue();
      assertThat(sent.get("input").findValuesAsString("role"))
          .containsExactly("user", "assistant", "user", "assistant", "user");
      assertThat(sent.get("input").findValuesAsString("type")).doesNotContain("reasoning");
    }
  }

  @Test
  void a_kept_response_is_told_listed_and_forgotten_to_its_own_key_alone() {
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway = keeping(responsesModel("gpt", upstream))) {
      ask(gateway, "\"input\":\"Capital of France?\"", "gpt");
      String stranger = RunningGateway.key(gateway.store(), "other", Caller.Role.CLIENT);

      assertThat(get(gateway, "/resp_1").body()).isEqualTo(OWN.formatted(1));
      var items = HttpCalls.json(get(gateway, "/resp_1/input_items"));
      assertThat(items.at("/data/0/content").asString()).isEqualTo("Capital of France?");
      assertThat(HttpCalls.get(gateway, PATH + "/resp_1", stranger).statusCode()).isEqualTo(404);
      assertThat(
              HttpCalls.post(
                      gateway,
                      PATH,
                      stranger,
                      "{\"model\":\"gpt\",\"input\":\"a\",\"previous_response_id\":\"resp_1\"}")
                  .statusCode())
          .isEqualTo(400);

      assertThat(delete(gateway, stranger).statusCode()).isEqualTo(404);
      assertThat(HttpCalls.json(delete(gateway, gateway.clientKey())).get("deleted").asBoolean())
          .isTrue();
      assertThat(get(gateway, "/resp_1").statusCode()).isEqualTo(404);
      var gone = ask(gateway, "\"input\":\"a\",\"previous_response_id\":\"resp_1\"", "gpt");
      assertThat(gone.statusCode()).isEqualTo(400);
      assertThat(HttpCalls.json(gone).at("/error/code").asString())
          .isEqualTo("previous_response_not_found");
    }
  }

  @Test
  void a_client_that_says_so_has_nothing_kept() {
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway = keeping(responsesModel("gpt", upstream))) {
      String body = "\"store\": false,\"input\":\"a\"";
      ask(gateway, body, "gpt");

      assertThat(upstream.lastReceived().text()).contains(body);
      assertThat(get(gateway, "/resp_1").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void what_is_kept_is_forgotten_when_its_time_has_passed() {
    var now = new AtomicReference<>(Instant.now());
    InstantSource clock = now::get;
    Store store = RunningGateway.open(StoreSettings.of(folder, clock, new SecureRandom()));
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway =
            RunningGateway.start(
                store,
                settings -> settings.withResponsesKept(Optional.of(Duration.ofDays(1))),
                responsesModel("gpt", upstream))) {
      ask(gateway, "\"input\":\"a\"", "gpt");
      assertThat(get(gateway, "/resp_1").statusCode()).isEqualTo(200);

      now.set(now.get().plus(Duration.ofDays(2)));

      assertThat(get(gateway, "/resp_1").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void where_keeping_is_switched_off_nothing_is_kept_or_gone_on_with() {
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway = RunningGateway.start(folder, responsesModel("gpt", upstream))) {
      var first = ask(gateway, "\"input\":\"a\"", "gpt");
      var second = ask(gateway, "\"input\":\"a\",\"previous_response_id\":\"resp_1\"", "gpt");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.statusCode()).isEqualTo(400);
      assertThat(second.body()).contains("previous_response_not_found", "keep-responses");
      assertThat(upstream.received()).hasSize(1);
      assertThat(get(gateway, "/resp_1").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void what_a_shared_account_keeps_is_no_key_s_to_name_wherever_the_body_is_posted() {
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway = keeping(responsesModel("gpt", upstream))) {
      for (String field : List.of("previous_response_id", "conversation")) {
        String body = "{\"model\":\"gpt\",\"input\":\"a\",\"%s\":\"of_another\"}".formatted(field);
        for (String path : List.of(PATH, "/v1/chat/completions", PATH + "/input_tokens")) {
          var refused = HttpCalls.post(gateway, path, body);
          assertThat(refused.statusCode()).as(path).isEqualTo(400);
          assertThat(refused.body()).contains(field, "previous_response_not_found");
        }
      }
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void nothing_is_run_in_the_background() {
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, OWN.formatted(1)));
        var gateway = RunningGateway.start(folder, responsesModel("gpt", upstream))) {
      for (String path : List.of(PATH, "/v1/chat/completions")) {
        String body = "{\"model\":\"gpt\",\"input\":\"a\",\"background\":%s}";
        var refused = HttpCalls.post(gateway, path, body.formatted("true"));
        assertThat(refused.statusCode()).as(path).isEqualTo(400);
        assertThat(refused.body()).contains("background", "unsupported_parameter");
        assertThat(HttpCalls.post(gateway, path, body.formatted("false")).statusCode())
            .as(path)
            .isEqualTo(200);
      }
      assertThat(upstream.received()).hasSize(2);
    }
  }

  private RunningGateway keeping(Model model) {
    return RunningGateway.start(
        folder, settings -> settings.withResponsesKept(Optional.of(Duration.ofDays(30))), model);
  }

  private static Model responsesModel(String id, ScriptedUpstream upstream) {
    return RunningGateway.model(
        id,
        new Endpoint(
            "openai", Dialect.OPENAI_RESPONSES, upstream.url() + "/v1", Duration.ofSeconds(30)));
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String fields, String model) {
    return HttpCalls.post(gateway, PATH, "{\"model\":\"" + model + "\"," + fields + "}");
  }

  private static HttpResponse<String> get(RunningGateway gateway, String path) {
    return HttpCalls.get(gateway, PATH + path, gateway.clientKey());
  }

  private static HttpResponse<String> delete(RunningGateway gateway, String key) {
    return HttpCalls.send(
        HttpCalls.request(gateway, PATH + "/resp_1")
            .header("authorization", "Bearer " + key)
            .method("DELETE", BodyPublishers.noBody())
            .build());
  }
}
