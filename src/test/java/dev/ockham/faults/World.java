package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.chat.Dialect;
import dev.ockham.provider.Patience;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of little patience before two providers that do as they are told. */
final class World implements AutoCloseable {
  static final String GPT = "gpt";
  static final String CLAUDE = "claude";
  static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration WHOLE_CALL = Duration.ofSeconds(3);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Patience PATIENCE =
      new Patience(DEADLINE, DEADLINE, SHORT, Duration.ofMillis(100));
  private static final int ALL = Integer.MAX_VALUE - 64;

  private volatile Script script = OpenAiReplies.text("Hello", 11, 7);
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request -> script.reply(request));
  private final RunningGateway gateway;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  World(Path folder) {
    gateway =
        RunningGateway.start(
            folder,
            settings -> settings.withPatience(PATIENCE),
            RunningGateway.model(
                GPT,
                new Endpoint("openai", Dialect.OPENAI_CHAT, upstream.url() + "/v1", WHOLE_CALL)),
            RunningGateway.model(
                CLAUDE,
                new Endpoint("anthropic", Dialect.ANTHROPIC_MESSAGES, upstream.url(), WHOLE_CALL)));
  }

  RunningGateway gateway() {
    return gateway;
  }

  ScriptedUpstream upstream() {
    return upstream;
  }

  /** What both providers answer from now on. */
  void script(Script next) {
    script = next;
  }

  /** Asks and reads until the server closes. */
  Heard ask(FaultClient client, String model, boolean stream) throws IOException {
    return ask(client.path(model, stream), client.body(model, stream));
  }

  Heard ask(String path, String body, String... headers) throws IOException {
    try (var socket = new RawClient(gateway.port())) {
      ask(socket, path, body, headers);
      return new Heard(socket.read(ALL));
    }
  }

  /** Asks and leaves the reading to the caller. */
  void ask(RawClient socket, String path, String body, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    socket.send(
        "POST %s HTTP/1.1\r\nhost: test\r\nauthorization: Bearer %s\r\nconnection: close\r\n%scontent-length: %d\r\n\r\n%s"
            .formatted(path, gateway.clientKey(), more, body.length(), body));
  }

  /** Sends bytes as they are, and reads until the server closes. */
  Heard send(String bytes) throws IOException {
    try (var socket = new RawClient(gateway.port())) {
      socket.send(bytes);
      return new Heard(socket.read(ALL));
    }
  }

  /** How the only attempt of a request was settled; nothing else is held. */
  String settled(Heard heard) {
    return settled(heard.header("x-ockham-request-id"));
  }

  String settled(String requestId) {
    Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
    return settled(requestId, read("/api/v1/requests/" + requestId));
  }

  /** Likewise, of a request that is told as failed. */
  String failed(Heard heard) {
    Eventually.equal(0, () -> gateway.store().accounts().open(), DEADLINE);
    String id = heard.header("x-ockham-request-id");
    JsonNode request = read("/api/v1/requests/" + id);
    assertThat(request.path("status").asString()).isEqualTo("failed");
    return settled(id, request);
  }

  private static String settled(String requestId, JsonNode request) {
    JsonNode attempts = request.path("attempts");
    assertThat(attempts).as("attempts of " + requestId).hasSize(1);
    String state = attempts.get(0).path("state").asString();
    assertThat(state).isIn("settled", "settled_estimated", "released", "voided");
    return "one attempt, " + state.replace('_', ' ');
  }

  JsonNode read(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("authorization", "Bearer " + gateway.adminKey())
            .build();
    try {
      return new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    gateway.close();
    upstream.close();
  }
}
