package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server around the path: protocols, probes, the list of models, stopping. */
final class ServerTest {
  private static final String OPENAI = "/v1/chat/completions";

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request ->
          request.text().contains("wait for it")
              ? Reply.streamHead()
                  .chunks(OpenAiReplies.textEvents("One two", 11, 7).subList(0, 2))
                  .await(gate)
                  .chunks(OpenAiReplies.textEvents("One two", 11, 7).subList(2, 7))
                  .endChunks()
              : OpenAiReplies.text("Hello", 11, 7).reply(request));
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = RunningGateway.start(folder, RunningGateway.openAiModel("gpt", upstream));
  }

  @AfterEach
  void stop() {
    gate.countDown();
    gateway.close();
    upstream.close();
  }

  @Test
  void an_upgrade_to_http2_with_a_body_of_two_megabytes_is_answered() throws Exception {
    String large = HttpCalls.openAiAsk("gpt").replace("Hello", "x".repeat(2_000_000));
    try (var http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      var request =
          HttpCalls.request(gateway, OPENAI)
              .header("authorization", "Bearer " + gateway.clientKey())
              .POST(BodyPublishers.ofString(large))
              .build();

      var first = http2.send(request, BodyHandlers.ofString());
      var second = http2.send(request, BodyHandlers.ofString());

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.statusCode()).isEqualTo(200);
      assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(upstream.lastReceived().body().length).isGreaterThan(2_000_000);
    }
  }

  @Test
  void a_websocket_is_refused_at_once() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.head(
          "GET /v1/responses HTTP/1.1",
          "host: test",
          "connection: Upgrade",
          "upgrade: websocket",
          "sec-websocket-version: 13",
          "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(client.readUntil("\r\n")).contains("426");
    }
  }

  @Test
  void two_lengths_of_one_body_are_400() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client
          .head(
              "POST /v1/chat/completions HTTP/1.1",
              "host: test",
              "content-length: 3",
              "transfer-encoding: chunked")
          .send("0\r\n\r\n");
      assertThat(client.readUntil("\r\n")).contains("400");
    }
  }

  @Test
  void probes_and_metrics_need_no_key() {
    HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

    assertThat(plain("/live").body()).isEqualTo("live\n");
    assertThat(plain("/ready").statusCode()).isEqualTo(200);
    assertThat(plain("/metrics").body())
        .contains("ockham_requests_seconds_count{dialect=\"openai-chat\",status=\"served\"} 1")
        .contains("ockham_tokens_total{class=\"input\",model=\"gpt\"} 11")
        .contains("ockham_holds_open 0");
  }

  @Test
  void a_head_request_is_answered_like_a_get_without_its_body() {
    var head =
        HttpCalls.send(
            HttpCalls.request(gateway, "/live").method("HEAD", BodyPublishers.noBody()).build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void a_head_request_at_an_address_of_a_dialect_finds_it_served() {
    var head =
        HttpCalls.send(
            HttpCalls.request(gateway, "/v1/messages?beta=true")
                .method("HEAD", BodyPublishers.noBody())
                .build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(HttpCalls.header(head, "allow")).isEqualTo("POST");
    var wrong = HttpCalls.get(gateway, "/v1/messages", gateway.clientKey());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(HttpCalls.header(wrong, "allow")).isEqualTo("POST");
  }

  @Test
  void the_list_of_models_has_the_shape_the_client_knows() {
    var openAi = HttpCalls.json(HttpCalls.get(gateway, "/v1/models", gateway.clientKey()));
    assertThat(openAi.get("object").asString()).isEqualTo("list");
    assertThat(openAi.get("data").toString()).contains("\"auto\"").contains("\"gpt\"");

    var anthropic =
        HttpCalls.json(
            HttpCalls.send(
                HttpCalls.request(gateway, "/v1/models?limit=1000")
                    .header("x-api-key", gateway.clientKey())
                    .build()));
    assertThat(anthropic.get("has_more").asBoolean()).isFalse();
    assertThat(anthropic.get("data").toString()).contains("\"gpt\"");
  }

  @Test
  void a_follower_is_told_of_a_request_as_it_ends() throws IOException {
    try (var follower = new RawClient(gateway.port())) {
      follower.send(
          "GET /api/v1/requests/stream HTTP/1.1\r\nhost: test\r\nauthorization: Bearer %s\r\n\r\n"
              .formatted(gateway.adminKey()));
      follower.readUntil("following");

      var asked = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));

      String news = follower.readUntil("}\n\n");
      assertThat(news).contains("event: request").contains(HttpCalls.requestId(asked));
    }
  }

  @Test
  void pages_list_all_requests_once_newest_first() {
    var ids =
        IntStream.range(0, 5)
            .mapToObj(i ->
                HttpCalls.requestId(HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"))))
            .toList();

    var first = HttpCalls.getJson(gateway, "/api/v1/requests?limit=3");
    var second =
        HttpCalls.getJson(
            gateway, "/api/v1/requests?limit=3&cursor=" + first.get("next").asString());

    assertThat(first.get("requests").valueStream().map(r -> r.get("id").asString()))
        .containsExactly(ids.get(4), ids.get(3), ids.get(2));
    assertThat(second.get("requests").valueStream().map(r -> r.get("id").asString()))
        .containsExactly(ids.get(1), ids.get(0));
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void the_page_for_people_runs_no_foreign_script() {
    var page = plain("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(HttpCalls.header(page, "content-security-policy")).contains("default-src 'none'");
    assertThat(page.body())
        .doesNotContain("<script>")
        .doesNotContain("http://")
        .doesNotContain("https://");
    assertThat(plain("/console.js").statusCode()).isEqualTo(200);
    assertThat(plain("/console.css").statusCode()).isEqualTo(200);
  }

  @Test
  void a_stream_under_way_ends_in_order_when_the_server_is_told_to_stop() throws Exception {
    try (var client = new RawClient(gateway.port())) {
      client.post(
          OPENAI,
          gateway.clientKey(),
          HttpCalls.openAiStream("gpt").replace("Hello", "wait for it"));
      client.readUntil("One");
      var stopped = new CountDownLatch(1);
      Thread.ofPlatform()
          .start(() -> {
            gateway.server().stop();
            stopped.countDown();
          });
      awaitNoNewConnections();

      gate.countDown();

      assertThat(client.readUntil("[DONE]\n\n")).contains("two");
      assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void awaitNoNewConnections() {
    dev.ockham.testing.Eventually.equal(
        true,
        () -> {
          try {
            new RawClient(gateway.port()).close();
            return false;
          } catch (ConnectException refused) {
            return true;
          } catch (SocketException reset) {
            return false;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        Duration.ofSeconds(10));
  }

  private java.net.http.HttpResponse<String> plain(String path) {
    HttpRequest request = HttpCalls.request(gateway, path).build();
    return HttpCalls.send(request);
  }
}
