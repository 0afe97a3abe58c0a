package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.config.CatalogReader;
import dev.ockham.config.ConfigOutcome;
import dev.ockham.config.ConfigReader;
import dev.ockham.config.Environment;
import dev.ockham.config.KeyringWatch;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key in a file is replaced, and no call fails. */
class RotationTest {
  private static final String OPENAI = "/v1/chat/completions";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
  private int looks;
  private KeyringWatch keyring;
  private RunningGateway gateway;

  @BeforeEach
  void start() throws IOException {
    write("key-1\n");
    Files.writeString(folder.resolve("other.secret"), "look-0");
    Path file = folder.resolve("ockham.yaml");
    Files.writeString(
        file,
        """
        version: 1
        providers:
          house: {dialect: openai-chat, base-url: "%s/v1", api-key: "${file:key.secret}"}
          other: {dialect: openai-chat, base-url: "https://other.test", api-key: "${file:other.secret}"}
        models:
          gpt: {provider: house, price: free}
        """
            .formatted(upstream.url()));
    var environment = new Environment(Map.of(), folder, folder);
    var read = (ConfigOutcome.Read) ConfigReader.read(file, CatalogReader.shipped(), environment);
    keyring = KeyringWatch.start(read.keys(), read.config().keyring(), Duration.ofMillis(20));
    var settings =
        dev.ockham.store.StoreSettings.of(
            folder.resolve("data"), Clock.systemUTC(), new SecureRandom());
    var endpoint = new Endpoint("house", Dialect.OPENAI_CHAT, upstream.url() + "/v1", PATIENCE);
    Model model = RunningGateway.model("gpt", endpoint);
    gateway =
        RunningGateway.start(
            RunningGateway.gateway(
                RunningGateway.open(settings), RunningGateway.fleet(model), keyring),
            unchanged -> unchanged);
  }

  @AfterEach
  void stop() {
    gateway.close();
    keyring.close();
    upstream.close();
  }

  @Test
  void calls_go_on_with_the_new_key_and_none_fails() throws IOException {
    assertThat(sent()).isEqualTo("Bearer key-1");

    write("key-2\n");

    Eventually.equal("Bearer key-2", this::sent, PATIENCE);
    assertThat(sent()).isEqualTo("Bearer key-2");
  }

  @Test
  void what_cannot_be_used_leaves_the_last_key_in_force() throws IOException {
    Path key = folder.resolve("key.secret");
    Files.delete(key);
    looks();
    assertThat(sent()).isEqualTo("Bearer key-1");

    write("two\nlines\n");
    looks();
    assertThat(sent()).isEqualTo("Bearer key-1");

    write("");
    looks();
    assertThat(sent()).isEqualTo("Bearer key-1");

    write("key-3");
    Eventually.equal("Bearer key-3", this::sent, PATIENCE);
  }

  /** Who has seen this file's change has seen what was changed before. */
  private void looks() throws IOException {
    var look = new Secret("look-" + ++looks);
    Files.writeString(folder.resolve("other.secret"), look.reveal());
    Eventually.equal(
        new Credential.Key(Placement.BEARER, look),
        () -> keyring.get().to("other").credential(),
        PATIENCE);
  }

  private String sent() {
    var answer = HttpCalls.post(gateway, OPENAI, HttpCalls.openAiAsk("gpt"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return upstream.lastReceived().header("authorization").orElse("");
  }

  /** At once, as secrets are replaced by those who keep them. */
  private void write(String text) throws IOException {
    Path next = folder.resolve("next.secret");
    Files.writeString(next, text);
    Files.move(next, folder.resolve("key.secret"), StandardCopyOption.ATOMIC_MOVE);
  }
}
