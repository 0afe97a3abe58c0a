package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Money;
import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.policy.Scope;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand calls at once against one dollar; each costs about a tenth of a cent. */
final class BudgetLoadTest {
  private static final int AT_ONCE = 1_000;
  private static final int WAVES = 3;
  private static final Money DOLLAR = Money.ofDollars("1");

  /** At a dollar and two per million tokens: what the provider reports. */
  private static final long PICOS_PER_CALL = 11 * 1_000_000L + 480 * 2_000_000L;

  @TempDir Path folder;

  @Test
  void a_dollar_is_never_exceeded_and_nearly_all_of_it_is_used() {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 480));
        var gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      RunningGateway.get(
          gateway
              .store()
              .budgets()
              .set(
                  new Budget(
                      "default",
                      Scope.parse("org:default"),
                      DOLLAR,
                      Budget.Period.TOTAL,
                      ZoneOffset.UTC)));
      int served = 0;
      for (int wave = 0; wave < WAVES; wave++) {
        served += wave(client, gateway);
      }

      Eventually.equal(0, () -> gateway.store().accounts().open(), Duration.ofSeconds(10));
      BudgetStanding standing = gateway.store().budgets().list().getFirst();
      assertThat(standing.spent()).isEqualTo(new Money(served * PICOS_PER_CALL));
      assertThat(upstream.received()).hasSize(served);
      assertThat(standing.spent()).isBetween(Money.ofDollars("0.97"), DOLLAR);
      assertThat(standing.held()).isEqualTo(Money.ZERO);
    }
  }

  private static int wave(HttpClient client, RunningGateway gateway) {
    String body = HttpCalls.openAiAsk("gpt").replace("{\"model", "{\"max_tokens\":500,\"model");
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      var request =
          HttpCalls.request(gateway, "/v1/chat/completions")
              .timeout(Duration.ofSeconds(60))
              .header("authorization", "Bearer " + gateway.clientKey())
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      calls.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    int served = 0;
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      int status = call.join().statusCode();
      assertThat(status).isIn(200, 402);
      served += status == 200 ? 1 : 0;
    }
    return served;
  }
}
