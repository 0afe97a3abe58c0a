package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.ClassPath;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bodies and replies may hold of memory, and that all of it is given back. */
final class BodyBudgetTest {
  private static final int MIB = 1 << 20;
  private static final int LONGEST = 32 * MIB;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void a_body_that_is_announced_too_long_is_refused_before_it_is_sent() throws IOException {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(4 * MIB),
                RunningGateway.openAiModel("gpt", upstream));
        var client = new RawClient(gateway.port())) {
      client.head(announcing(gateway.clientKey(), 4 * MIB + 1));

      assertThat(client.readUntil("\r\n")).contains("413");
    }
  }

  @Test
  void a_body_beyond_the_budget_is_refused_before_it_is_sent_until_another_has_ended()
      throws IOException {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(4 * MIB).withBodyBudget(8 * MIB),
                RunningGateway.openAiModel("gpt", upstream))) {
      String key = gateway.clientKey();
      try (var first = new RawClient(gateway.port());
          var second = new RawClient(gateway.port())) {
        first.head(announcing(key, 3 * MIB));
        Eventually.equal(6L * MIB, () -> held(gateway), PATIENCE);
        second.head(announcing(key, 3 * MIB));

        String head = second.readUntil("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 503").contains("retry-after: 1");
      }
      Eventually.equal(0L, () -> held(gateway), PATIENCE);
      String body = HttpCalls.openAiAsk("gpt").replace("Hello", "x".repeat(3 * MIB));
      assertThat(HttpCalls.post(gateway, "/v1/chat/completions", body).statusCode()).isEqualTo(200);
      Eventually.equal(0L, () -> held(gateway), PATIENCE);
    }
  }

  @Test
  void a_body_of_no_announced_length_is_refused_where_it_goes_beyond_the_budget()
      throws IOException {
    try (var upstream = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(MIB).withBodyBudget(2 * MIB),
                RunningGateway.openAiModel("gpt", upstream));
        var other = new RawClient(gateway.port());
        var client = new RawClient(gateway.port())) {
      other.head(announcing(gateway.clientKey(), MIB - 1));
      Eventually.equal(2L * (MIB - 1), () -> held(gateway), PATIENCE);
      client
          .head(
              "POST /v1/chat/completions HTTP/1.1",
              "host: test",
              "authorization: Bearer " + gateway.clientKey(),
              "transfer-encoding: chunked")
          .send("a\r\n0123456789\r\n");

      assertThat(client.readUntil("\r\n")).contains("503");
    }
  }

  @Test
  void a_whole_reply_beyond_the_budget_is_a_failure_that_is_told_and_given_back() {
    String long_ = OpenAiReplies.textBody("x".repeat(3 * MIB), 11, 7);
    try (var upstream = ScriptedUpstream.start(request -> Reply.json(200, long_));
        var gateway =
            RunningGateway.start(
                folder,
                settings -> settings.withMaxBody(MIB).withBodyBudget(2 * MIB),
                RunningGateway.openAiModel("gpt", upstream))) {

      var response = HttpCalls.post(gateway, "/v1/chat/completions", HttpCalls.openAiAsk("gpt"));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(HttpCalls.json(response).at("/error/code").asString()).isEqualTo("overloaded");
      Eventually.equal(0L, () -> held(gateway), PATIENCE);
      assertThat(gateway.store().accounts().open()).isZero();
    }
  }

  /**
   * The heap that the manual asks for: twice the budget and 128 MiB. In it are two bodies of 32 MiB
   * at once, each as it came, as text, and as it goes out.
   */
  @Test
  void of_a_hundred_bodies_of_32_MiB_those_admitted_pass_and_the_rest_is_refused_early()
      throws Exception {
    long budget = 128L * MIB;
    var gate = new CountDownLatch(1);
    Reply held =
        new Reply(List.of())
            .await(gate)
            .then(Reply.json(200, AnthropicReplies.textBody("Hello", 11, 7)).steps().getFirst());
    try (var upstream = ScriptedUpstream.start(request -> held);
        ExecutorService clients =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      Process gateway = start(upstream, budget, 2 * budget + 128 * MIB);
      try (var out =
          new BufferedReader(new InputStreamReader(gateway.getInputStream(), ISO_8859_1))) {
        String[] said = out.readLine().split(" ", -1);
        int port = Integer.parseInt(said[0]);
        byte[] body = anthropicBody();
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < 100; i++) {
          answers.add(clients.submit(() -> post(port, said[1], body)));
        }
        upstream.awaitRequests(2, Duration.ofSeconds(60));
        gate.countDown();

        var statuses = new ArrayList<String>();
        for (Future<String> answer : answers) {
          statuses.add(answer.get(60, TimeUnit.SECONDS));
        }

        assertThat(statuses).containsOnly("200", "503").filteredOn("200"::equals).hasSize(2);
        assertThat(upstream.received())
            .hasSize(2)
            .allMatch(request -> request.body().length == LONGEST + "upstream-".length());
        assertThat(post(port, said[1], body)).isEqualTo("200");
        assertThat(gateway.isAlive()).isTrue();
      } finally {
        gateway.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(ScriptedUpstream upstream, long budget, long heap) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx" + heap,
            "-XX:MaxNewSize=" + 64 * MIB,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            ClassPath.text(),
            SmallGatewayProcess.class.getName(),
            folder.toString(),
            upstream.url(),
            Long.toString(budget))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Sends piece by piece and stops when there is an answer, as a good client does. */
  private static String post(int port, String key, byte[] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      var to = socket.getOutputStream();
      var from = socket.getInputStream();
      String head =
          "POST /v1/messages HTTP/1.1\r\nhost: test\r\nx-api-key: %s\r\ncontent-length: %d\r\n\r\n"
              .formatted(key, body.length);
      to.write(head.getBytes(ISO_8859_1));
      for (int at = 0; at < body.length && from.available() == 0; at += 64 * 1024) {
        to.write(body, at, Math.min(64 * 1024, body.length - at));
      }
      return new String(from.readNBytes(12), ISO_8859_1).substring(9);
    }
  }

  /** Half of it text with escapes, half of it a picture. */
  private static byte[] anthropicBody() {
    String frame =
        "{\"model\":\"claude\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":["
            + "{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\","
            + "\"media_type\":\"image/png\",\"data\":\"%s\"}}]}]}";
    String line = "a line of a file that somebody reads\\n";
    int left = LONGEST - frame.length() + 4;
    String text = line.repeat(left / 2 / line.length());
    return frame.formatted(text, "A".repeat(left - text.length())).getBytes(ISO_8859_1);
  }

  private static String[] announcing(String key, int length) {
    return new String[] {
      "POST /v1/chat/completions HTTP/1.1",
      "host: test",
      "authorization: Bearer " + key,
      "content-length: " + length
    };
  }

  private static long held(RunningGateway gateway) {
    String metrics = HttpCalls.send(HttpCalls.request(gateway, "/metrics").build()).body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("ockham_memory_held_bytes "))
        .map(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
