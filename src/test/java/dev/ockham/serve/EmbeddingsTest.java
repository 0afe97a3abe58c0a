package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeddings: the bytes pass, and they are held for, paid and recorded like chat. */
final class EmbeddingsTest {
  private static final String PATH = "/v1/embeddings";
  private static final String ANSWER =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\"AAAA\"}],"
          + "\"model\":\"upstream-embed\", \"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";

  @TempDir Path folder;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request ->
          request.path().endsWith(PATH)
              ? Reply.json(200, ANSWER)
              : OpenAiReplies.text("Hello", 1, 1).reply(request));
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        RunningGateway.start(
            folder,
            RunningGateway.openAiModel("embed", upstream),
            RunningGateway.anthropicModel("claude", upstream));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void the_bytes_pass_with_the_model_changed_and_the_input_is_paid_for() {
    String body =
        "{\"input\": [\"one\", \"two\"],\"model\":\"embed\",\"encoding_format\":\"base64\",\"dimensions\":256}";

    var response = HttpCalls.post(gateway, PATH, body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ANSWER);
    assertThat(upstream.lastReceived().text())
        .isEqualTo(body.replace("\"embed\"", "\"upstream-embed\""));
    assertThat(upstream.lastReceived().path()).isEqualTo("/v1/embeddings");
    assertThat(HttpCalls.header(response, "x-ockham-model")).isEqualTo("embed");
    assertThat(HttpCalls.header(response, "x-ockham-cost-usd")).isEqualTo("0.000008");
    var record = HttpCalls.getJson(gateway, "/api/v1/requests/" + HttpCalls.requestId(response));
    assertThat(record.get("status").asString()).isEqualTo("served");
    assertThat(record.at("/attempts/0/usage/input").asLong()).isEqualTo(8);
    assertThat(record.at("/attempts/0/basis").asString()).isEqualTo("reported");
  }

  @Test
  void a_route_is_refused_because_no_other_model_s_embeddings_are_the_same() {
    var response = HttpCalls.post(gateway, PATH, "{\"model\":\"auto\",\"input\":\"one\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("model_required");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void a_provider_without_embeddings_is_not_asked() {
    var response = HttpCalls.post(gateway, PATH, "{\"model\":\"claude\",\"input\":\"one\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("no_embeddings");
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void what_is_no_input_is_told_with_its_place() {
    var response =
        HttpCalls.post(gateway, PATH, "{\"model\":\"embed\",\"input\":[\"one\",{\"a\":1}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(response).at("/error/message").asString()).contains("input[1]");
    assertThat(HttpCalls.post(gateway, PATH, "{\"model\":\"embed\"}").statusCode()).isEqualTo(400);
    assertThat(HttpCalls.post(gateway, PATH, "{\"model\":\"embed\",\"input\":[]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void token_numbers_count_as_the_tokens_they_are_when_a_budget_is_asked() {
    var budget =
        new Budget(
            "default",
            Scope.parse("org:default"),
            Money.ofDollars("0.001"),
            Budget.Period.TOTAL,
            ZoneOffset.UTC);
    RunningGateway.get(gateway.store().budgets().set(budget));

    String few = "1" + ",1".repeat(99);
    String many = "1" + ",1".repeat(1999);
    assertThat(ask("[" + many + "]").statusCode()).isEqualTo(402);
    assertThat(ask("[[" + few + "],[" + few + "]]").statusCode()).isEqualTo(200);
  }

  @Test
  void more_inputs_than_any_provider_takes_are_refused_with_their_place() {
    String most = "\"a\"" + ",\"a\"".repeat(2047);
    assertThat(ask("[" + most + "]").statusCode()).isEqualTo(200);

    var response = ask("[" + most + ",[1]]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HttpCalls.json(response).at("/error/message").asString())
        .contains("input[2048]", "at most 2048 inputs");
  }

  private java.net.http.HttpResponse<String> ask(String input) {
    return HttpCalls.post(gateway, PATH, "{\"model\":\"embed\",\"input\":" + input + "}");
  }
}
