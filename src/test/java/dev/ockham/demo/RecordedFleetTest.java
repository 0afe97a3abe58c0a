package dev.ockham.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.chat.Dialect;
import dev.ockham.demo.Question.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RecordedFleetTest {
  private static final String PROMPT = "Which is heavier?\nA. \"lead\"\nB. Feathers – dry\n";
  private static final String ANSWER = " The answer is (A).\n\n\"Lead\" \\ é ".repeat(20);
  private static final long INPUT = 12;
  private static final long OUTPUT = Math.ceilDiv(ANSWER.length(), 4);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final RecordedFleet fleet = start();

  @AfterEach
  void stop() {
    http.close();
    vertx.close().await();
  }

  @Test
  void an_openai_server_answers_whole_with_what_was_recorded() throws Exception {
    JsonNode body = json(ask(openAi(), openAi().credential(), body("open", "")));

    assertThat(body.at("/choices/0/message/content").asString()).isEqualTo(ANSWER);
    assertThat(body.at("/usage/prompt_tokens").asLong()).isEqualTo(INPUT);
    assertThat(body.at("/usage/completion_tokens").asLong()).isEqualTo(OUTPUT);
  }

  @Test
  void an_openai_server_streams_what_was_recorded_and_reports_usage_when_asked() throws Exception {
    String wants = ", \"stream\": true, \"stream_options\": {\"include_usage\": true}";
    String stream = ask(openAi(), openAi().credential(), body("open", wants)).body();

    assertThat(stream).endsWith("data: [DONE]\n\n");
    assertThat(joined(stream, "/choices/0/delta/content")).isEqualTo(ANSWER);
    assertThat(stream).contains("\"completion_tokens\":" + OUTPUT);
  }

  @Test
  void an_openai_stream_has_no_usage_that_was_not_asked_for() throws Exception {
    String stream = ask(openAi(), openAi().credential(), body("open", ", \"stream\": true")).body();

    assertThat(stream).doesNotContain("usage");
  }

  @Test
  void an_anthropic_server_answers_whole_with_what_was_recorded() throws Exception {
    JsonNode body =
        json(ask(anthropic(), anthropic().credential(), body("anth", ", \"max_tokens\": 9")));

    assertThat(body.at("/content/0/text").asString()).isEqualTo(ANSWER);
    assertThat(body.at("/usage/input_tokens").asLong()).isEqualTo(INPUT);
    assertThat(body.at("/usage/output_tokens").asLong()).isEqualTo(OUTPUT);
  }

  @Test
  void an_anthropic_server_streams_what_was_recorded() throws Exception {
    String stream =
        ask(anthropic(), anthropic().credential(), body("anth", ", \"stream\": true")).body();

    assertThat(joined(stream, "/delta/text")).isEqualTo(ANSWER);
    assertThat(stream).endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  @Test
  void a_server_answers_to_no_credential_but_its_own() throws Exception {
    assertThat(ask(openAi(), anthropic().credential(), body("open", "")).statusCode())
        .isEqualTo(401);
    assertThat(ask(anthropic(), "", body("anth", "")).statusCode()).isEqualTo(401);
    assertThat(fleet.served()).isZero();
  }

  @Test
  void a_question_or_model_that_it_does_not_know_is_an_error_and_not_billed() throws Exception {
    String other = body("open", "").replace("heavier", "lighter");

    assertThat(ask(openAi(), openAi().credential(), other).statusCode()).isEqualTo(404);
    assertThat(ask(openAi(), openAi().credential(), body("anth", "")).statusCode()).isEqualTo(404);
    assertThat(ask(openAi(), openAi().credential(), "{").statusCode()).isEqualTo(400);
    assertThat(fleet.served()).isZero();
  }

  private RecordedFleet start() {
    var answers = new LinkedHashMap<String, Answer>();
    answers.put("open", new Answer(ANSWER, 1));
    answers.put("anth", new Answer(ANSWER, 0));
    var question = new Question("1", "physics", PROMPT, answers);
    var models =
        List.of(
            new FleetModel("open", Dialect.OPENAI_CHAT, new Tariff(1, 2)),
            new FleetModel("anth", Dialect.ANTHROPIC_MESSAGES, new Tariff(1, 2)));
    return RecordedFleet.start(vertx, models, List.of(question), Pace.NONE, new SplittableRandom(1))
        .await();
  }

  private RecordedFleet.Member openAi() {
    return fleet.members().getFirst();
  }

  private RecordedFleet.Member anthropic() {
    return fleet.members().getLast();
  }

  private static String body(String model, String more) {
    String prompt = Voice.JSON.writeValueAsString(PROMPT);
    return "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": %s}]%s}"
        .formatted(model, prompt, more);
  }

  private HttpResponse<String> ask(RecordedFleet.Member member, String credential, String body)
      throws IOException, InterruptedException {
    boolean openAi = member.model().dialect() == Dialect.OPENAI_CHAT;
    var request =
        HttpRequest.newBuilder(
                URI.create(member.baseUrl() + (openAi ? "/chat/completions" : "/v1/messages")))
            .header("authorization", openAi ? "Bearer " + credential : "none")
            .header("x-api-key", openAi ? "none" : credential)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return Voice.JSON.readTree(response.body());
  }

  private static String joined(String stream, String pointer) {
    var texts = new ArrayList<String>();
    stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> Voice.JSON.readTree(line.substring("data: ".length())))
        .forEach(event -> texts.add(event.at(pointer).asString("")));
    return String.join("", texts);
  }
}
