package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.ledger.Basis;
import dev.ockham.ledger.RequestId;
import dev.ockham.policy.Caller;
import dev.ockham.store.BatchItem;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.store.StoredAttempt;
import dev.ockham.store.StoredBatch;
import dev.ockham.store.StoredRequest;
import dev.ockham.store.Totals;
import dev.ockham.testing.ClassPath;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The process that works on a batch is killed in the middle of it; another one ends it. */
final class BatchKillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  @Tag("long")
  void ten_thousand_items_killed_half_way_are_each_answered_and_settled_once_at_the_batch_price()
      throws Exception {
    killAndEnd("OPENAI_CHAT", 10_000, 1, item -> item / 2);
  }

  /** Also while items are held, sent, looked for, answered and booked. */
  @Test
  @Tag("long")
  void killed_twenty_times_at_any_time_nothing_is_sent_answered_or_settled_twice()
      throws Exception {
    var random = new Random(20261125);
    killAndEnd("OPENAI_CHAT", 4_000, 20, item -> -1 - random.nextInt(700));
  }

  @Test
  @Tag("long")
  void a_provider_that_keeps_no_name_of_ours_is_asked_once_as_well() throws Exception {
    killAndEnd("ANTHROPIC_MESSAGES", 2_500, 8, item -> -1 - item / 10);
  }

  @Test
  void killed_half_way_every_item_is_answered_and_settled_once_at_the_batch_price()
      throws Exception {
    killAndEnd("OPENAI_CHAT", 400, 1, item -> item / 2);
  }

  /** When to kill: after so many items are answered, or, below zero, after so many milliseconds. */
  private interface Moment {
    int of(int items);
  }

  private void killAndEnd(String dialect, int items, int kills, Moment moment) throws Exception {
    var provider = new BatchUpstream(3);
    try (var upstream = ScriptedUpstream.start(provider)) {
      String key = makeKey();
      String batch = "";
      for (int i = 0; i < kills; i++) {
        Process process = startProcess(upstream, dialect);
        try (var out = reader(process)) {
          int port = Integer.parseInt(out.readLine().substring("port ".length()));
          batch = batch.isEmpty() ? create(port, key, items) : batch;
          live(process, port, key, batch, moment.of(items));
        } finally {
          process.destroyForcibly().waitFor();
        }
      }
      Process last = startProcess(upstream, dialect);
      try (var out = reader(last)) {
        int port = Integer.parseInt(out.readLine().substring("port ".length()));
        String ended = batch;
        Eventually.equal(
            "ended",
            () -> json(get(port, key, ended)).get("processing_status").asString(),
            PATIENCE);
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(new HashSet<>(provider.served())).hasSameSizeAs(provider.served()).hasSize(items);
      try (Store store = open()) {
        everyItemIsAnsweredAndSettledOnce(store, batch, items);
      }
    }
  }

  private static void everyItemIsAnsweredAndSettledOnce(Store store, String id, int items) {
    String keyId = store.keys().list().getFirst().id();
    StoredBatch batch =
        RunningGateway.get(store.batches().find("default", keyId, id)).orElseThrow();
    assertThat(batch.counts()).isEqualTo(new StoredBatch.Counts(0, items, 0, 0, 0));
    assertThat(store.accounts().open()).isZero();
    Totals totals = RunningGateway.get(store.requests().totals("default"));
    assertThat(totals.attempts()).isEqualTo(items);
    assertThat(totals.estimated()).isZero();
    assertThat(totals.requests()).isEqualTo(items);
    assertThat(totals.dollars())
        .isEqualByComparingTo(new BigDecimal("0.0000125").multiply(BigDecimal.valueOf(items)));
    int after = -1;
    var requests = new HashSet<RequestId>();
    List<BatchItem.Result> page = RunningGateway.get(store.batches().results(id, after, 500));
    while (!page.isEmpty()) {
      for (BatchItem.Result item : page) {
        after = item.key().number();
        assertThat(item.customId()).isEqualTo("item-" + after);
        assertThat(new String(item.answer(), StandardCharsets.UTF_8)).contains("Hello");
        requests.add(item.request().orElseThrow());
        if (after % 97 == 0) {
          settledOnce(store, item.request().orElseThrow());
        }
      }
      page = RunningGateway.get(store.batches().results(id, after, 500));
    }
    assertThat(requests).hasSize(items);
  }

  private static void settledOnce(Store store, RequestId id) {
    StoredRequest request = RunningGateway.get(store.requests().byId("default", id)).orElseThrow();
    assertThat(request.attempts())
        .extracting(StoredAttempt::basis)
        .containsExactly(Optional.of(Basis.REPORTED));
    assertThat(request.cost().orElseThrow().toDecimalString()).isEqualTo("0.0000125");
  }

  /** Until the moment has come to kill it. */
  private static void live(Process process, int port, String key, String batch, int moment)
      throws InterruptedException {
    if (moment < 0) {
      assertThat(process.waitFor(-moment, TimeUnit.MILLISECONDS)).isFalse();
      return;
    }
    Eventually.equal(
        true,
        () -> json(get(port, key, batch)).at("/request_counts/succeeded").asInt() >= moment,
        PATIENCE);
  }

  private static String create(int port, String key, int items) {
    var body = new StringBuilder("{\"requests\":[");
    for (int i = 0; i < items; i++) {
      body.append(i == 0 ? "" : ",");
      body.append("{\"custom_id\":\"item-").append(i).append("\",\"params\":");
      body.append(HttpCalls.anthropicAsk("m").replace("Hello", "Hello " + i)).append('}');
    }
    return json(send(port, key, "", body.append("]}").toString())).get("id").asString();
  }

  private static HttpResponse<String> get(int port, String key, String batch) {
    return send(port, key, "/" + batch, "");
  }

  private static HttpResponse<String> send(int port, String key, String path, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/v1/messages/batches" + path))
            .timeout(Duration.ofSeconds(60))
            .header("x-api-key", key);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response =
          client.send(
              body.isEmpty()
                  ? request.build()
                  : request.POST(BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    return HttpCalls.json(response);
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Process startProcess(ScriptedUpstream upstream, String dialect) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            ClassPath.text(),
            BatchGatewayProcess.class.getName(),
            folder.toString(),
            upstream.url(),
            dialect)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String makeKey() {
    try (Store store = open()) {
      return RunningGateway.key(store, "client", Caller.Role.CLIENT);
    }
  }

  private Store open() {
    return RunningGateway.open(StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom()));
  }
}
