package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client's key, wherever clients put it. */
class KeyReaderTest {
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
  void every_header_that_clients_know_is_read() {
    for (String name : List.of("x-api-key", "api-key", "x-goog-api-key")) {
      assertThat(status(OPENAI, name, gateway.clientKey())).as(name).isEqualTo(200);
      assertThat(status(OPENAI, name, "ock_wrong")).as(name).isEqualTo(401);
      assertThat(upstream.lastReceived().head()).doesNotContain(gateway.clientKey());
    }
  }

  @Test
  void a_key_in_the_address_is_read_below_geminis_paths_only() {
    String key = "key=" + gateway.clientKey();
    var listed = HttpCalls.send(HttpCalls.request(gateway, "/v1beta/models?" + key).build());
    assertThat(listed.statusCode()).isEqualTo(200);
    String encoded = "alt=sse&" + key.replace("_", "%5F");
    var again = HttpCalls.send(HttpCalls.request(gateway, "/v1beta/models?" + encoded).build());
    assertThat(again.statusCode()).isEqualTo(200);
    var wrong = HttpCalls.send(HttpCalls.request(gateway, "/v1beta/models?key=ock_no").build());
    assertThat(wrong.statusCode()).isIn(400, 401, 403);
    assertThat(status(OPENAI + "?" + key, "x-other", "1")).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/v1beta/models/gpt:generateContent 200",
        "/v1beta/models/gpt%3AgenerateContent 200",
        "/v1/models/gpt:generateContent 200",
        "/v1alpha/models/gpt:countTokens 200",
        "/v1/v1beta/models/gpt:generateContent 200",
        "/v1/projects/p/locations/l/publishers/google/models/gpt:generateContent 200",
        "/model/gpt/converse 401",
        "/v1/responses 401",
        "/v1/messages 401",
      })
  void a_key_in_the_address_is_read_on_every_path_that_is_geminis(String path, int status) {
    var answer =
        HttpCalls.send(
            HttpCalls.request(gateway, path + "?key=" + gateway.clientKey())
                .POST(
                    BodyPublishers.ofString(
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}"))
                .build());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void a_key_in_the_address_is_in_no_answer_and_no_record() {
    var answer =
        HttpCalls.send(
            HttpCalls.request(gateway, "/v1beta/models/none:other?key=" + gateway.clientKey())
                .POST(BodyPublishers.ofString("{}"))
                .build());
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).doesNotContain(gateway.clientKey());
    assertThat(HttpCalls.get(gateway, "/api/v1/requests", gateway.adminKey()).body())
        .doesNotContain(gateway.clientKey());
  }

  /** As Amazon's asynchronous clients do. */
  @Test
  void http2_in_the_clear_is_served_without_asking_first() {
    Vertx vertx = Vertx.vertx();
    try {
      var options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      var version =
          vertx
              .createHttpClient(options)
              .request(HttpMethod.POST, gateway.port(), "127.0.0.1", OPENAI)
              .compose(request -> {
                request.putHeader("authorization", "Bearer " + gateway.clientKey());
                return request.send(
                    Buffer.buffer(
                        HttpCalls.openAiAsk("gpt").replace("Hello", "x".repeat(2_000_000))));
              })
              .map(response -> response.statusCode() + " " + response.version());
      assertThat(version.toCompletionStage().toCompletableFuture().join()).isEqualTo("200 HTTP_2");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private int status(String path, String header, String value) {
    return HttpCalls.send(
            HttpCalls.request(gateway, path)
                .header(header, value)
                .POST(BodyPublishers.ofString(HttpCalls.openAiAsk("gpt")))
                .build())
        .statusCode();
  }
}
