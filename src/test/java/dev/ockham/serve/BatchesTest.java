package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.catalog.PriceVariant;
import dev.ockham.chat.Dialect;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.policy.Caller;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Batches of both dialects, served one by one or as batches of their providers. */
final class BatchesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CHAT = "/v1/chat/completions";

  @TempDir Path folder;

  @Test
  void where_batches_are_off_the_setting_is_named() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      for (String path : List.of("/v1/files", "/v1/batches", "/v1/messages/batches")) {
        var refused = HttpCalls.get(gateway, path, gateway.clientKey());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("privacy.keep-batches");
      }
      assertThat(upload(gateway, "x").statusCode()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_CHAT,false",
    "ANTHROPIC_MESSAGES,false",
    "OPENAI_CHAT,true",
    "ANTHROPIC_MESSAGES,true"
  })
  void a_batch_of_openais_is_answered_item_by_item(Dialect provider, boolean together) {
    try (var upstream = upstream(provider, together);
        var gateway = start(upstream, provider, together)) {
      String file = id(upload(gateway, line("a", "Hi") + line("b", "Ho") + line("c", "Ha")));
      JsonNode batch = HttpCalls.json(create(gateway, file));
      assertThat(batch.get("status").asString()).isEqualTo("in_progress");
      assertThat(batch.at("/metadata/k").asString()).isEqualTo("v");

      JsonNode over = ended(gateway, "/v1/batches/" + batch.get("id").asString(), "completed");

      assertThat(over.at("/request_counts/completed").asInt()).isEqualTo(3);
      Map<String, JsonNode> lines =
          lines(gateway, "/v1/files/" + text(over, "output_file_id") + "/content");
      assertThat(lines.keySet()).containsExactly("a", "b", "c");
      for (JsonNode line : lines.values()) {
        assertThat(line.at("/response/body/choices/0/message/content").asString())
            .isEqualTo("Hello");
        assertBooked(gateway, line.at("/response/request_id").asString(), together);
      }
      assertThat(gateway.store().accounts().open()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"OPENAI_CHAT,false", "ANTHROPIC_MESSAGES,true", "OPENAI_CHAT,true"})
  void a_batch_of_anthropics_is_answered_item_by_item(Dialect provider, boolean together) {
    try (var upstream = upstream(provider, together);
        var gateway = start(upstream, provider, together)) {
      String asked =
          "{\"requests\":[{\"custom_id\":\"a\",\"params\":%s},{\"custom_id\":\"b\",\"params\":%s}]}"
              .formatted(HttpCalls.anthropicAsk("m"), HttpCalls.anthropicAsk("none"));
      JsonNode batch = HttpCalls.json(HttpCalls.post(gateway, "/v1/messages/batches", asked));

      JsonNode over = ended(gateway, "/v1/messages/batches/" + batch.get("id").asString(), "ended");

      assertThat(over.at("/request_counts/succeeded").asInt()).isEqualTo(1);
      assertThat(over.at("/request_counts/errored").asInt()).isEqualTo(1);
      String results = text(over, "results_url");
      assertThat(results).startsWith(gateway.url());
      Map<String, JsonNode> lines = lines(gateway, results.substring(gateway.url().length()));
      assertThat(line(lines, "a").at("/result/message/content/0/text").asString())
          .isEqualTo("Hello");
      assertThat(line(lines, "b").at("/result/error/error/type").asString())
          .isEqualTo("not_found_error");
      assertThat(delete(gateway, "/v1/messages/batches/" + text(over, "id")).statusCode())
          .isEqualTo(200);
      assertThat(get(gateway, "/v1/messages/batches/" + text(over, "id")).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void an_item_that_its_provider_refuses_is_an_error_and_costs_nothing() {
    try (var upstream = upstream(Dialect.OPENAI_CHAT, true);
        var gateway = start(upstream, Dialect.OPENAI_CHAT, true)) {
      String file = id(upload(gateway, line("good", "Hi") + line("bad", "fail")));
      JsonNode batch = HttpCalls.json(create(gateway, file));

      JsonNode over = ended(gateway, "/v1/batches/" + batch.get("id").asString(), "completed");

      assertThat(over.at("/request_counts/failed").asInt()).isEqualTo(1);
      JsonNode bad =
          line(lines(gateway, "/v1/files/" + text(over, "error_file_id") + "/content"), "bad");
      assertThat(bad.at("/response/status_code").asInt()).isEqualTo(400);
      assertThat(bad.at("/response/body/error/code").asString()).isEqualTo("bad");
      JsonNode totals = HttpCalls.getJson(gateway, "/api/v1/summary");
      assertThat(totals.get("attempts_voided").asInt()).isEqualTo(1);
      assertThat(totals.get("cost_usd").asString()).isEqualTo("0.0000125");
    }
  }

  @Test
  void a_file_that_cannot_be_read_makes_a_batch_that_failed_and_says_where() {
    try (var upstream = upstream(Dialect.OPENAI_CHAT, false);
        var gateway = start(upstream, Dialect.OPENAI_CHAT, false)) {
      String twice =
          line("a", "Hi")
              + line("a", "Hi")
              + "not json\n"
              + line("b", "x").replace("}}", ",\"stream\":true}}");
      JsonNode batch = HttpCalls.json(create(gateway, id(upload(gateway, twice))));

      assertThat(batch.get("status").asString()).isEqualTo("failed");
      assertThat(batch.at("/errors/data").findValuesAsString("code"))
          .containsExactly("duplicate_custom_id", "invalid_json_line", "invalid_request");
      assertThat(batch.at("/errors/data/0/line").asInt()).isEqualTo(2);
      assertThat(upstream.received()).isEmpty();
    }
  }

  @Test
  void files_and_batches_are_for_the_key_that_made_them_alone() {
    try (var upstream = upstream(Dialect.OPENAI_CHAT, false);
        var gateway = start(upstream, Dialect.OPENAI_CHAT, false)) {
      String file = id(upload(gateway, line("a", "Hi")));
      String batch = HttpCalls.json(create(gateway, file)).get("id").asString();
      ended(gateway, "/v1/batches/" + batch, "completed");
      String stranger = RunningGateway.key(gateway.store(), "other", Caller.Role.CLIENT);

      for (String path :
          List.of(
              "/v1/files/" + file,
              "/v1/files/" + file + "/content",
              "/v1/files/file-out-" + batch + "/content",
              "/v1/batches/" + batch)) {
        assertThat(get(gateway, path).statusCode()).as(path).isEqualTo(200);
        assertThat(HttpCalls.get(gateway, path, stranger).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(HttpCalls.json(HttpCalls.get(gateway, "/v1/files", stranger)).get("data"))
          .isEmpty();
      assertThat(HttpCalls.json(get(gateway, "/v1/batches")).get("data")).hasSize(1);
      assertThat(delete(gateway, "/v1/files/" + file).statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/v1/files/" + file).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_batch_that_is_stopped_ends_and_says_what_was_not_served() {
    try (var upstream = ScriptedUpstream.start(new BatchUpstream(1_000_000));
        var gateway = start(upstream, Dialect.OPENAI_CHAT, true)) {
      String batch =
          HttpCalls.json(create(gateway, id(upload(gateway, line("a", "Hi")))))
              .get("id")
              .asString();
      upstream.awaitRequests(3, PATIENCE);

      var stopped = HttpCalls.post(gateway, "/v1/batches/" + batch + "/cancel", "");

      assertThat(HttpCalls.json(stopped).get("status").asString()).isEqualTo("cancelling");
      Eventually.equal(
          true,
          () ->
              upstream.received().stream()
                  .anyMatch(request -> request.path().equals("/v1/batches/batch_0/cancel")),
          PATIENCE);
    }
  }

  private static ScriptedUpstream upstream(Dialect provider, boolean together) {
    if (together) {
      return ScriptedUpstream.start(new BatchUpstream(2));
    }
    return ScriptedUpstream.start(
        provider == Dialect.OPENAI_CHAT
            ? OpenAiReplies.text("Hello", 11, 7)
            : AnthropicReplies.text("Hello", 11, 7));
  }

  private RunningGateway start(ScriptedUpstream upstream, Dialect provider, boolean together) {
    Set<String> offering = together ? Set.of("house") : Set.of();
    var settings = new BatchSettings(Duration.ofDays(1), offering, Duration.ofMillis(20), 4);
    return RunningGateway.start(
        folder, s -> s.withBatches(Optional.of(settings)), model(provider, upstream.url()));
  }

  /** At half its price in a batch. */
  static Model model(Dialect dialect, String url) {
    boolean openAi = dialect == Dialect.OPENAI_CHAT;
    var endpoint =
        new Endpoint("house", dialect, url + (openAi ? "/v1" : ""), Duration.ofSeconds(30));
    Model model = RunningGateway.model("m", endpoint);
    var price = (Price.Listed) model.price();
    var half =
        new PriceVariant(
            new PriceVariant.Condition(ServiceTier.BATCH, 0, Optional.empty()),
            Map.of(TokenClass.INPUT, 500_000L, TokenClass.OUTPUT, 1_000_000L));
    return new Model(
        "m",
        endpoint,
        "upstream-m",
        model.limits(),
        model.capabilities(),
        new Price.Listed("test-1", price.picosPerToken(), List.of(half), List.of()),
        model.priorSkill());
  }

  private static void assertBooked(RunningGateway gateway, String request, boolean together) {
    JsonNode told = HttpCalls.getJson(gateway, "/api/v1/requests/" + request);
    assertThat(told.get("attempts")).hasSize(1);
    assertThat(told.get("attempts").get(0).get("basis").asString()).isEqualTo("reported");
    assertThat(told.get("cost_usd").asString()).isEqualTo(together ? "0.0000125" : "0.000025");
  }

  private static String line(String id, String text) {
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}\n"
        .formatted(id, CHAT, HttpCalls.openAiAsk("m").replace("Hello", text));
  }

  private static HttpResponse<String> upload(RunningGateway gateway, String file) {
    String form =
        "--xyz\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--xyz\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
            + "Content-Type: application/jsonl\r\n\r\n"
            + file
            + "\r\n--xyz--\r\n";
    return HttpCalls.send(
        HttpCalls.request(gateway, "/v1/files")
            .header("authorization", "Bearer " + gateway.clientKey())
            .header("content-type", "multipart/form-data; boundary=xyz")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private static HttpResponse<String> create(RunningGateway gateway, String file) {
    return HttpCalls.post(
        gateway,
        "/v1/batches",
        "{\"input_file_id\":\"%s\",\"endpoint\":\"%s\",\"completion_window\":\"24h\",\"metadata\":{\"k\":\"v\"}}"
            .formatted(file, CHAT));
  }

  private static JsonNode ended(RunningGateway gateway, String path, String status) {
    Eventually.equal(
        status,
        () -> {
          JsonNode batch = HttpCalls.json(get(gateway, path));
          return batch.has("status") ? text(batch, "status") : text(batch, "processing_status");
        },
        PATIENCE);
    return HttpCalls.json(get(gateway, path));
  }

  private static Map<String, JsonNode> lines(RunningGateway gateway, String path) {
    var lines = new TreeMap<String, JsonNode>();
    var response = get(gateway, path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    for (String line : new ArrayList<>(response.body().lines().toList())) {
      JsonNode json = HttpCalls.JSON.readTree(line);
      lines.put(json.get("custom_id").asString(), json);
    }
    return lines;
  }

  private static String id(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return HttpCalls.json(response).get("id").asString();
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).asString();
  }

  private static HttpResponse<String> get(RunningGateway gateway, String path) {
    return HttpCalls.get(gateway, path, gateway.clientKey());
  }

  private static HttpResponse<String> delete(RunningGateway gateway, String path) {
    return HttpCalls.send(
        HttpCalls.request(gateway, path)
            .header("authorization", "Bearer " + gateway.clientKey())
            .DELETE()
            .build());
  }

  private static JsonNode line(Map<String, JsonNode> lines, String name) {
    return Optional.ofNullable(lines.get(name)).orElseThrow();
  }
}
