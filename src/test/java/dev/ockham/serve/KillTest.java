package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.ledger.Basis;
import dev.ockham.ledger.RequestId;
import dev.ockham.policy.Caller;
import dev.ockham.store.Store;
import dev.ockham.store.StoreSettings;
import dev.ockham.store.StoredAttempt.State;
import dev.ockham.store.StoredRequest;
import dev.ockham.store.Totals;
import dev.ockham.testing.ClassPath;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's process is killed under load, again and again; the books survive. */
final class KillTest {
  private static final int CLIENTS = 4;

  @TempDir Path folder;

  /** Ids of requests whose whole answer a client has seen. */
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  @Test
  void killed_five_times_under_load_every_call_is_settled_once_and_no_answer_is_forgotten()
      throws Exception {
    killUnderLoad(5);
  }

  @Test
  @Tag("long")
  void killed_twenty_times_under_load_every_call_is_settled_once_and_no_answer_is_forgotten()
      throws Exception {
    killUnderLoad(20);
  }

  private void killUnderLoad(int kills) throws Exception {
    var random = new Random(20261122);
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("One two three", 11, 7))) {
      String key = makeKey();
      for (int i = 0; i < kills; i++) {
        int before = acknowledged.size();
        runAndKill(upstream, key, 20 + random.nextInt(150));
        assertThat(acknowledged.size()).isGreaterThan(before);
      }
      int called = upstream.received().size();
      try (Store store = open()) {
        everyCallIsSettledOnce(store, called);
        nothingAcknowledgedIsLost(store);
      }
    }
  }

  /** Clients ask without pause until so many answers have come; then the process is killed. */
  private void runAndKill(ScriptedUpstream upstream, String key, int answers) throws Exception {
    Process process = startProcess(upstream);
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(out.readLine().substring("port ".length()));
      var enough = new CountDownLatch(answers);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        boolean stream = i % 2 == 0;
        clients.add(Thread.ofPlatform().start(() -> askUntilDead(port, key, stream, enough)));
      }
      assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
      process.destroyForcibly();
      for (Thread client : clients) {
        client.join(Duration.ofSeconds(10));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void askUntilDead(int port, String key, boolean stream, CountDownLatch enough) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
              .timeout(Duration.ofSeconds(10))
              .header("authorization", "Bearer " + key)
              .POST(
                  BodyPublishers.ofString(
                      stream ? HttpCalls.openAiStream("gpt") : HttpCalls.openAiAsk("gpt")))
              .build();
      while (true) {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        acknowledged.add(HttpCalls.requestId(response));
        enough.countDown();
      }
    } catch (IOException killed) {
      // that is the test
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void everyCallIsSettledOnce(Store store, int called) {
    Totals totals = RunningGateway.get(store.requests().totals("default"));
    assertThat(store.accounts().open()).isZero();
    assertThat(totals.attempts()).isGreaterThanOrEqualTo(called);
  }

  private void nothingAcknowledgedIsLost(Store store) {
    for (String id : acknowledged) {
      StoredRequest request =
          RunningGateway.get(store.requests().byId("default", RequestId.parse(id).orElseThrow()))
              .orElseThrow(() -> new AssertionError("lost: " + id));
      assertThat(request.attempts()).hasSize(1);
      assertThat(request.attempts().getFirst().state()).isEqualTo(State.SETTLED);
      assertThat(request.attempts().getFirst().basis()).hasValue(Basis.REPORTED);
      assertThat(request.cost().orElseThrow().toDecimalString()).isEqualTo("0.000025");
    }
  }

  private Process startProcess(ScriptedUpstream upstream) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            ClassPath.text(),
            GatewayProcess.class.getName(),
            folder.toString(),
            upstream.url())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String makeKey() {
    try (Store store = open()) {
      return RunningGateway.key(store, "client", Caller.Role.CLIENT);
    }
  }

  private Store open() {
    return RunningGateway.open(
        StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom())
            .withJournalSegment(1 << 20));
  }
}
