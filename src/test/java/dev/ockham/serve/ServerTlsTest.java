package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Keyring;
import dev.ockham.testing.Certificates;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that speak TLS with the gateway itself. */
class ServerTlsTest {
  private static final String OPENAI = "/v1/chat/completions";

  @TempDir static Path keys;
  private static Certificates first;
  private static Certificates second;

  @TempDir Path folder;
  private final AtomicReference<Keyring> keyring = new AtomicReference<>(Keyring.EMPTY);
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
  private RunningGateway gateway;

  @BeforeAll
  static void make() {
    first = Certificates.make(keys, "ip:127.0.0.1");
    second = Certificates.make(keys, "ip:127.0.0.1");
  }

  @BeforeEach
  void start() {
    keyring.set(new Keyring(Map.of(), Optional.of(first.identity())));
    var settings = dev.ockham.store.StoreSettings.of(folder, Clock.systemUTC(), new SecureRandom());
    var fleet = RunningGateway.fleet(RunningGateway.openAiModel("gpt", upstream));
    gateway =
        RunningGateway.start(
            RunningGateway.gateway(RunningGateway.open(settings), fleet, keyring::get),
            unchanged -> unchanged);
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void http2_is_agreed_on_in_the_handshake() throws Exception {
    try (var client = client(HttpClient.Version.HTTP_2, first)) {
      var answer = ask(client, HttpCalls.openAiAsk("gpt").replace("Hello", "x".repeat(2_000_000)));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(ask(client, HttpCalls.openAiStream("gpt")).body()).endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void who_speaks_http1_is_served_too() throws Exception {
    try (var client = client(HttpClient.Version.HTTP_1_1, first)) {
      var answer = ask(client, HttpCalls.openAiAsk("gpt"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void a_changed_certificate_is_shown_to_new_connections() {
    keyring.set(new Keyring(Map.of(), Optional.of(second.identity())));
    Eventually.equal(true, () -> isShown(second), Duration.ofSeconds(15));
    assertThat(isShown(first)).isFalse();
  }

  private boolean isShown(Certificates certificate) {
    try (var client = client(HttpClient.Version.HTTP_1_1, certificate)) {
      return ask(client, HttpCalls.openAiAsk("gpt")).statusCode() == 200;
    } catch (IOException refused) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> ask(HttpClient client, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpCalls.request(gateway, OPENAI)
            .header("authorization", "Bearer " + gateway.clientKey())
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpClient client(HttpClient.Version version, Certificates trusted) {
    return HttpClient.newBuilder().version(version).sslContext(trusted.trusting(trusted)).build();
  }
}
