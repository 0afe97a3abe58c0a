package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.config.Environment;
import dev.ockham.config.KeyringWatch;
import dev.ockham.serve.Reload;
import dev.ockham.store.StoreSettings;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RawClient;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A changed file is put in force while the gateway runs: whole, or not at all. */
class ConfigReloadTest {
  private static final String CHAT = "/v1/chat/completions";

  @TempDir private Path folder = Path.of("");
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ScriptedUpstream first = ScriptedUpstream.start(waitingOrText("first"));
  private final ScriptedUpstream second = ScriptedUpstream.start(waitingOrText("second"));
  private final HttpClient http = HttpClient.newHttpClient();
  private @org.jspecify.annotations.Nullable RunningGateway running;
  private @org.jspecify.annotations.Nullable KeyringWatch watch;

  /** The head of a stream, and the rest of it when the test says so. */
  private Script waitingOrText(String name) {
    var events = OpenAiReplies.textEvents("One two", 11, 7);
    return request ->
        request.asksForStream()
            ? Reply.streamHead()
                .chunks(events.subList(0, 2))
                .await(gate)
                .chunks(events.subList(2, events.size()))
                .endChunks()
            : OpenAiReplies.text(name, 11, 7).reply(request);
  }

  @BeforeEach
  void start() throws IOException {
    write("gpt", first, "key-1");
    var environment = new Environment(Map.of(), folder, folder);
    var terminal =
        new Terminal(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            new BufferedReader(new StringReader("")),
            false);
    var right =
        (Settings.Reading.Right)
            Settings.read(Optional.of(file()), environment, terminal, Clock.systemUTC());
    Settings settings = right.settings();
    var fleet =
        new AtomicReference<>(
            RunningGateway.fleet(settings.assembly().catalog().all().iterator().next()));
    var keyring =
        KeyringWatch.start(settings.keys(), settings.config().keyring(), Duration.ofMillis(20));
    watch = keyring;
    var store =
        RunningGateway.open(
            StoreSettings.of(folder.resolve("data"), Clock.systemUTC(), new SecureRandom()));
    Reload reload =
        new ConfigReload(
            settings,
            () -> Settings.read(Optional.of(file()), environment, terminal, Clock.systemUTC()),
            keyring,
            fleet);
    running =
        RunningGateway.start(
            RunningGateway.gateway(store, fleet::get, keyring).withReload(reload),
            unchanged -> unchanged);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    http.close();
    gateway().close();
    java.util.Objects.requireNonNull(watch).close();
    first.close();
    second.close();
  }

  @Test
  void another_address_model_and_key_are_in_force_for_the_next_request() throws Exception {
    assertThat(text(ask("gpt"))).isEqualTo("first");

    write("other", second, "key-2");
    HttpResponse<String> reloaded = reload(gateway().adminKey());

    assertThat(reloaded.statusCode()).isEqualTo(200);
    assertThat(text(ask("other"))).isEqualTo("second");
    assertThat(second.lastReceived().header("authorization")).contains("Bearer key-2");
    assertThat(ask("gpt").statusCode()).isEqualTo(404);
    assertThat(get("/metrics")).contains("ockham_config_reloads_taken 1.0");
  }

  @Test
  void a_file_with_problems_changes_nothing_and_each_is_told_with_its_line() throws Exception {
    Files.writeString(
        file(),
        """
        version: 1
        providers:
          house: {dialect: openai-chat, base-url: "%s/v1", api-key: "${env:NOBODY_SET_THIS}"}
        models:
          gpt: {provider: house, price: free}
        routes:
          auto: {candidates: [gpt, unheard-of]}
        """
            .formatted(first.url()));

    HttpResponse<String> refused = reload(gateway().adminKey());

    assertThat(refused.statusCode()).isEqualTo(422);
    JsonNode problems = new JsonMapper().readTree(refused.body()).get("problems");
    assertThat(problems.valueStream().map(each -> each.get("line").asInt())).containsExactly(3, 7);
    assertThat(problems.get(0).get("file").asString()).isEqualTo(file().toString());
    assertThat(problems.get(1).get("value").asString()).isEqualTo("unheard-of");
    assertThat(text(ask("gpt"))).isEqualTo("first");
    assertThat(get("/ready")).startsWith("ready\n").contains("refused for problems: 2");
    assertThat(get("/metrics"))
        .contains("ockham_config_stale 1.0")
        .contains("ockham_config_reloads_refused 1.0");

    write("gpt", second, "key-2");
    assertThat(reload(gateway().adminKey()).statusCode()).isEqualTo(200);
    assertThat(text(ask("gpt"))).isEqualTo("second");
    assertThat(get("/ready")).isEqualTo("ready\n");
    assertThat(get("/metrics")).contains("ockham_config_stale 0.0");
  }

  @Test
  void a_setting_that_takes_a_restart_refuses_the_whole_file() throws Exception {
    write("other", second, "key-2");
    Files.writeString(file(), Files.readString(file()) + "server: {port: 1234}\n");

    HttpResponse<String> refused = reload(gateway().adminKey());

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("server.port").contains("1234").contains("restart");
    assertThat(text(ask("gpt"))).isEqualTo("first");
  }

  @Test
  void a_stream_under_way_goes_on_when_its_model_is_taken_out() throws Exception {
    try (var client = new RawClient(gateway().port())) {
      client.post(
          CHAT,
          gateway().clientKey(),
          """
          {"model":"gpt","stream":true,"messages":[{"role":"user","content":"Hello"}]}\
          """);
      client.readUntil("One");

      write("other", second, "key-2");
      assertThat(reload(gateway().adminKey()).statusCode()).isEqualTo(200);
      gate.countDown();

      assertThat(client.readUntil("[DONE]\n\n")).contains("two");
    }
  }

  @Test
  void only_an_admin_may_ask_for_it() throws Exception {
    assertThat(reload(gateway().clientKey()).statusCode()).isEqualTo(403);
  }

  private RunningGateway gateway() {
    return java.util.Objects.requireNonNull(running);
  }

  private Path file() {
    return folder.resolve("ockham.yaml");
  }

  private void write(String model, ScriptedUpstream upstream, String key) throws IOException {
    Files.writeString(folder.resolve("key.secret"), key);
    Files.writeString(
        file(),
        """
        version: 1
        providers:
          house: {dialect: openai-chat, base-url: "%s/v1", api-key: "${file:key.secret}"}
        models:
          %s: {provider: house, price: free}
        """
            .formatted(upstream.url(), model));
  }

  private HttpResponse<String> ask(String model) throws Exception {
    return post(
        CHAT,
        gateway().clientKey(),
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .formatted(model));
  }

  private static String text(HttpResponse<String> answer) {
    return new JsonMapper().readTree(answer.body()).at("/choices/0/message/content").asString();
  }

  private HttpResponse<String> reload(String key) throws Exception {
    return post("/api/v1/reload", key, "");
  }

  private HttpResponse<String> post(String path, String key, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway().url() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(gateway().url() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
