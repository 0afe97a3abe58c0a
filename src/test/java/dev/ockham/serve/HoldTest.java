package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Model;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.TokenClass;
import dev.ockham.ledger.Budget;
import dev.ockham.policy.Scope;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held is a bound on what a call can cost: 4,096 tokens of answer at $2 per million. */
final class HoldTest {
  private static final String OPENAI = "/v1/chat/completions";

  @TempDir Path folder;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void every_answer_that_is_asked_for_is_held() {
    limit("0.02");

    assertThat(ask("gpt", "\"n\":2").statusCode()).isEqualTo(200);
    assertThat(ask("gpt", "\"n\":3").statusCode()).isEqualTo(402);
  }

  @Test
  void a_cap_no_model_can_reach_holds_what_the_model_can_write() {
    limit("0.01");

    assertThat(ask("gpt", "\"max_tokens\":9223372036854775807").statusCode()).isEqualTo(200);
  }

  @Test
  void a_model_the_router_chose_is_told_its_own_cap_and_the_record_says_so() {
    var response = ask("auto", "\"max_tokens\":32000");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(lastBody()).contains("\"max_tokens\":4096");
    var record = HttpCalls.getJson(gateway, "/api/v1/requests/" + HttpCalls.requestId(response));
    assertThat(record.toString()).contains("max_tokens");
  }

  @Test
  void a_model_the_client_named_is_asked_what_the_client_asked() {
    assertThat(ask("gpt", "\"max_tokens\":32000").statusCode()).isEqualTo(200);

    assertThat(lastBody()).contains("\"max_tokens\":32000");
  }

  @Test
  void what_is_marked_to_be_cached_is_held_at_what_writing_it_costs() {
    gateway.close();
    Model plain = RunningGateway.openAiModel("gpt", upstream);
    var price =
        new Price.Listed(
            "cached",
            Map.of(
                TokenClass.INPUT, 1_000_000L,
                TokenClass.OUTPUT, 1_000_000L,
                TokenClass.CACHE_WRITE_1H, 10_000_000_000L));
    gateway =
        RunningGateway.start(
            folder.resolve("cached"),
            new Model(
                plain.id(),
                plain.endpoint(),
                plain.upstreamName(),
                plain.limits(),
                plain.capabilities(),
                price,
                plain.priorSkill()));
    limit("0.01");
    String body =
        """
        {"model":"gpt","max_tokens":100,"messages":[{"role":"user","content":[
          {"type":"text","text":"Hello"%s}]}]}\
        """;

    var unmarked = HttpCalls.post(gateway, OPENAI, body.formatted(""));
    var marked =
        HttpCalls.post(
            gateway,
            OPENAI,
            body.formatted(",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}"));

    assertThat(unmarked.statusCode()).isEqualTo(200);
    assertThat(marked.statusCode()).isEqualTo(402);
  }

  private String lastBody() {
    return new String(upstream.received().getLast().body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> ask(String model, String more) {
    String body =
        "{\"model\":\"%s\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .formatted(model, more);
    return HttpCalls.post(gateway, OPENAI, body);
  }

  private void limit(String dollars) {
    var budget =
        new Budget(
            "default",
            Scope.parse("org:default"),
            Money.ofDollars(dollars),
            Budget.Period.TOTAL,
            ZoneOffset.UTC);
    RunningGateway.get(gateway.store().budgets().set(budget));
  }
}
