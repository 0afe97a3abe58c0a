package dev.ockham.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConnectCommandTest {
  private static final String KEY = "ock_4f2a_verysecret";
  private static final String BEFORE =
      "{\n    \"theme\": \"dark\",  \"env\": {\"ANTHROPIC_BASE_URL\": \"https://old\", \"A\": \"b\"}}";

  @TempDir private Path home = Path.of("");
  private HttpServer gateway = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() {
    gateway.createContext(
        "/v1/chat/completions",
        exchange -> {
          boolean known =
              ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("authorization"));
          exchange.getResponseHeaders().set("x-ockham-model", "small");
          exchange.getResponseHeaders().set("x-ockham-cost-usd", "0.0001");
          byte[] body =
              (known ? "{}" : "{\"error\":{\"message\":\"no such key\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  @Test
  void the_change_is_shown_without_the_secret_made_tried_and_taken_back_to_the_byte()
      throws IOException {
    Path settings = claude(BEFORE);
    Typed made = connect("claude-code", "--yes");

    assertThat(made.err()).isEmpty();
    assertThat(made.code()).isZero();
    assertThat(made.out())
        .contains("- env.ANTHROPIC_BASE_URL = \"https://old\"")
        .contains("+ env.ANTHROPIC_BASE_URL = " + url())
        .contains("+ env.ANTHROPIC_AUTH_TOKEN = ock_4f2a_…")
        .contains("Test call: auto → small, $0.0001")
        .doesNotContain("verysecret");
    JsonNode after = JsonMapper.shared().readTree(Files.readString(settings));
    assertThat(after.at("/env/ANTHROPIC_BASE_URL").asString()).isEqualTo(url());
    assertThat(after.at("/env/ANTHROPIC_AUTH_TOKEN").asString()).isEqualTo(KEY);
    assertThat(after.at("/env/A").asString()).isEqualTo("b");
    assertThat(after.at("/theme").asString()).isEqualTo("dark");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
        .isEqualTo("rw-------");

    assertThat(connect("claude-code", "--undo").code()).isZero();
    assertThat(settings).hasContent(BEFORE);
    assertThat(settings.resolveSibling("settings.json.before-ockham")).doesNotExist();
  }

  @Test
  void undoing_where_nothing_was_before_leaves_nothing() throws IOException {
    assertThat(connect("claude-code", "--yes").code()).isZero();
    assertThat(home.resolve(".claude/settings.json")).exists();
    assertThat(connect("claude-code", "--undo").code()).isZero();
    assertThat(home.resolve(".claude/settings.json")).doesNotExist();
  }

  @Test
  void undoing_keeps_what_somebody_else_changed_since() throws IOException {
    Path settings = claude(BEFORE);
    assertThat(connect("claude-code", "--yes").code()).isZero();
    Files.writeString(settings, Files.readString(settings).replace("dark", "light"));

    assertThat(connect("claude-code", "--undo").out()).contains("was edited since");
    JsonNode after = JsonMapper.shared().readTree(Files.readString(settings));
    assertThat(after).isEqualTo(JsonMapper.shared().readTree(BEFORE.replace("dark", "light")));
  }

  @Test
  void connecting_twice_keeps_the_first_backup() throws IOException {
    Path settings = claude(BEFORE);
    assertThat(connect("claude-code", "--yes").code()).isZero();
    assertThat(connect("claude-code", "--yes").out()).contains("says so already");
    assertThat(connect("claude-code", "--undo").code()).isZero();
    assertThat(settings).hasContent(BEFORE);
  }

  @Test
  void without_consent_nothing_changes() throws IOException {
    Path settings = claude(BEFORE);
    Typed asked =
        Typed.answering("n\n", home, variables(), "connect", "claude-code", "--url", url());
    assertThat(asked.out()).contains("Change it? [y/N]", "Nothing was changed");
    assertThat(connect("claude-code").out()).contains("Nothing was changed");
    assertThat(settings).hasContent(BEFORE);

    Typed agreed =
        Typed.answering("y\n", home, variables(), "connect", "claude-code", "--url", url());
    assertThat(agreed.out()).contains("Changed;");
  }

  @Test
  void a_file_that_is_no_json_is_left_alone() throws IOException {
    Path settings = claude("{ // mine\n}");
    Typed typed = connect("claude-code", "--yes");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("not a JSON object", "env/ANTHROPIC_BASE_URL");
    assertThat(settings).hasContent("{ // mine\n}");
  }

  @Test
  void opencode_gets_a_provider_of_its_own() throws IOException {
    assertThat(connect("opencode", "--yes").code()).isZero();
    JsonNode file =
        JsonMapper.shared()
            .readTree(Files.readString(home.resolve(".config/opencode/opencode.json")));
    assertThat(file.at("/provider/ockham/options/baseURL").asString()).isEqualTo(url() + "/v1");
  }

  @Test
  void for_libraries_lines_are_printed_and_a_call_is_tried() {
    for (String client :
        new String[] {
          "codex",
          "gemini-cli",
          "openai-python",
          "openai-node",
          "anthropic-python",
          "anthropic-node",
          "google-python",
          "google-node",
          "bedrock",
          "curl"
        }) {
      Typed typed = connect(client);
      assertThat(typed.code()).as(client).isZero();
      assertThat(typed.out()).contains(url(), "OCKHAM_KEY", "Test call").doesNotContain(KEY);
    }
  }

  @Test
  void codex_is_pointed_here_by_options_alone() {
    Typed typed = connect("codex");
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains(
            "model_provider=ockham", "base_url=\"" + url() + "/v1\"", "wire_api=\"responses\"");
    assertThat(home.toFile().list()).isEmpty();
  }

  @Test
  void a_failed_test_call_says_what_to_do() {
    Typed wrongKey =
        Typed.run(home, Map.of("OCKHAM_KEY", "sk-else"), "connect", "curl", "--url", url());
    assertThat(wrongKey.code()).isEqualTo(1);
    assertThat(wrongKey.err()).contains("401", "no such key", "OCKHAM_KEY");

    gateway.stop(0);
    Typed nobody = connect("curl");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("nobody answers", "ockham serve");
  }

  @Test
  void without_a_key_it_says_where_to_get_one() {
    Typed typed = Typed.run(home, Map.of(), "connect", "claude-code");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("OCKHAM_KEY", "ockham key create");
  }

  @Test
  void an_unknown_client_is_not_understood() {
    Typed typed = connect("emacs");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("claude-code");
  }

  private Path claude(String text) throws IOException {
    Path settings = Files.createDirectories(home.resolve(".claude")).resolve("settings.json");
    return Files.writeString(settings, text);
  }

  private Typed connect(String client, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "connect";
    arguments[1] = client;
    arguments[2] = "--url";
    arguments[3] = url();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Typed.run(home, variables(), arguments);
  }

  private static Map<String, String> variables() {
    return Map.of("OCKHAM_KEY", KEY);
  }

  private String url() {
    return "http://127.0.0.1:" + gateway.getAddress().getPort();
  }
}
