package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that talk to somebody, against somebody on loopback. */
class GatewayCommandsTest {
  private static final String EVENT =
      """
      {"id":"x","at":"2026-10-01T10:20:30Z","status":"answered","asked":"gpt-5.4","served":"gpt-5.4",\
      "route":"auto","mode":"observe","why":"named","cost_usd":"0.0021","alternative":"gpt-4.1-mini",\
      "alternative_cost_usd_estimate":"0.0002"}\
      """;

  @TempDir private Path home = Path.of("");
  private HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tail_shows_asked_served_cost_what_it_would_have_cost_and_why() {
    answer(
        "/api/v1/requests/stream", 200, ": following\n\nevent: request\ndata: " + EVENT + "\n\n");
    Typed typed =
        Typed.run(home, Map.of("OCKHAM_KEY", "k"), "tail", "--limit", "1", "--url", url());

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .isEqualToNormalizingNewlines(
            "10:20:30  gpt-5.4 → gpt-5.4   $0.0021 (gpt-4.1-mini would have cost about $0.0002)"
                + "   named\n");
  }

  @Test
  void tail_says_why_it_ended() {
    answer("/api/v1/requests/stream", 200, ": following\n\n");
    Typed ended = Typed.run(home, Map.of("OCKHAM_KEY", "k"), "tail", "--url", url());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("ended the stream");

    assertThat(Typed.run(home, Map.of(), "tail", "--url", url()).err()).contains("OCKHAM_KEY");
    Typed nobody =
        Typed.run(home, Map.of("OCKHAM_KEY", "k"), "tail", "--url", "http://127.0.0.1:1");
    assertThat(nobody.err()).contains("nobody answers");
  }

  @Test
  void check_tells_a_good_provider_from_a_refused_key_and_from_silence() throws IOException {
    answer("/good/models", 200, "{}");
    answer("/strict/v1/models", 401, "{}");
    Files.writeString(
        home.resolve("o.yaml"),
        """
        version: 1
        providers:
          good: {dialect: openai-chat, base-url: "%1$s/good"}
          strict: {dialect: anthropic-messages, base-url: "%1$s/strict", api-key: "${env:K}"}
          silent: {dialect: openai-chat, base-url: "http://127.0.0.1:1/v1"}
        models:
          m: {provider: good, capabilities: [], price: free}
        """
            .formatted(url()));
    Typed typed = Typed.run(home, Map.of("K", "sk-secret"), "check", "o.yaml");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out())
        .contains("valid: 3 providers, 1 models, routes auto")
        .containsPattern("good +yes +none, none wanted")
        .containsPattern("strict +yes +refused .*providers.strict.api-key")
        .containsPattern("silent +no +the connection was refused")
        .doesNotContain("sk-secret");
    Typed offline = Typed.run(home, Map.of("K", "sk-secret"), "check", "o.yaml", "--offline");
    assertThat(offline.code()).isZero();
  }

  @Test
  void models_of_a_local_ollama_are_free_candidates() {
    answer("/api/tags", 200, "{\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"llama3.2:3b\"}]}");
    Typed typed = Typed.run(home, Map.of("OLLAMA_HOST", url()), "route", "--json", "Hello");
    assertThat(typed.out()).contains("qwen3:8b", "llama3.2:3b");
    assertThat(typed.code()).isZero();
  }

  private void answer(String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
