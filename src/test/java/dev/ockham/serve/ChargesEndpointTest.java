package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was charged, over HTTP. */
final class ChargesEndpointTest {
  private static final String ALWAYS = "&from=2020-01-01&to=2100-01-01";

  @TempDir private Path folder = Path.of("");

  @Test
  void both_formats_add_up_to_the_summary() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      for (int i = 0; i < 3; i++) {
        HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("gpt"));
      }
      BigDecimal ledger =
          new BigDecimal(HttpCalls.getJson(gateway, "/api/v1/summary").get("cost_usd").asString());

      assertThat(sum(lines(gateway, "csv"), 11)).isEqualByComparingTo(ledger).isPositive();
      assertThat(sum(lines(gateway, "focus"), 0)).isEqualByComparingTo(ledger);
    }
  }

  @Test
  void a_wrong_day_or_format_is_told_and_clients_may_not_ask() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hi", 11, 7));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream))) {
      HttpResponse<String> wrong = ask(gateway, "?format=focus&from=yesterday&to=2026-01-01");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("yesterday", "2026-11-01");
      assertThat(ask(gateway, "?format=xls" + ALWAYS).body()).contains("csv or focus");
      assertThat(
              HttpCalls.get(gateway, "/api/v1/charges?" + ALWAYS, gateway.clientKey()).statusCode())
          .isEqualTo(403);
    }
  }

  private static List<String> lines(RunningGateway gateway, String format) {
    HttpResponse<String> answer = ask(gateway, "?format=" + format + ALWAYS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(HttpCalls.header(answer, "content-type")).startsWith("text/csv");
    return answer.body().lines().skip(1).toList();
  }

  /** Of a column before which no cell has a comma inside. */
  private static BigDecimal sum(List<String> lines, int column) {
    return lines.stream()
        .map(line -> new BigDecimal(line.split(",", -1)[column]))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String query) {
    return HttpCalls.get(gateway, "/api/v1/charges" + query, gateway.adminKey());
  }
}
