package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.AwsKeys;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Network;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.AnthropicReplies;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider is told besides a request, and that nobody else is. */
class CredentialTest {
  private static final AwsKeys AWS =
      new AwsKeys(
          "eu-central-1",
          new Secret("AKIDEXAMPLE"),
          new Secret("wJalrXUtnFEMI"),
          Optional.of(new Secret("session-1")));

  @TempDir Path folder;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void a_key_goes_in_the_header_its_provider_wants_and_to_nobody_else() {
    try (var other = ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));
        var calling =
            Calling.start(
                folder,
                () ->
                    new Keyring(
                        Map.of(
                            "azure", key(Placement.API_KEY, "azure-key"),
                            "house", key(Placement.BEARER, "house-key")),
                        Optional.empty()),
                Calling.model("azure", Dialect.OPENAI_CHAT, upstream.url() + "/openai/v1"),
                Calling.model("house", Dialect.OPENAI_CHAT, other.url() + "/v1"))) {
      assertThat(calling.ask("azure").statusCode()).isEqualTo(200);
      assertThat(calling.ask("house").statusCode()).isEqualTo(200);

      assertThat(upstream.lastReceived().header("api-key")).hasValue("azure-key");
      assertThat(upstream.lastReceived().header("authorization")).isEmpty();
      assertThat(other.lastReceived().header("authorization")).hasValue("Bearer house-key");
      assertThat(other.lastReceived().head()).doesNotContain("azure-key");
    }
  }

  @Test
  void azures_older_addresses_name_the_deployment_and_the_version() {
    var access =
        new Access(
            new Credential.Key(Placement.API_KEY, new Secret("azure-key")),
            Network.DIRECT,
            Map.of(),
            Optional.of("2024-10-21"));
    try (var calling = calling(access, Dialect.OPENAI_CHAT, "/openai")) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/openai/deployments/upstream-m/chat/completions?api-version=2024-10-21");
    }
  }

  @Test
  void an_organization_and_a_project_are_named_to_the_provider() {
    var access =
        new Access(
            new Credential.None(),
            Network.DIRECT,
            Map.of("openai-organization", "org-1", "openai-project", "proj-1"),
            Optional.empty());
    try (var calling = calling(access, Dialect.OPENAI_CHAT, "/v1")) {
      calling.ask("m");
      assertThat(upstream.lastReceived().header("openai-organization")).hasValue("org-1");
      assertThat(upstream.lastReceived().header("openai-project")).hasValue("proj-1");
      assertThat(upstream.lastReceived().header("authorization")).isEmpty();
    }
  }

  @Test
  void a_pinned_version_is_what_anthropic_is_told_whatever_the_client_says() {
    try (var anthropic = ScriptedUpstream.start(AnthropicReplies.text("Hello", 11, 7));
        var calling =
            Calling.start(
                folder,
                () ->
                    Calling.keyring(
                        "m",
                        new Access(
                            new Credential.None(),
                            Network.DIRECT,
                            Map.of("anthropic-version", "2023-06-01"),
                            Optional.empty())),
                Calling.model("m", Dialect.ANTHROPIC_MESSAGES, anthropic.url()))) {
      var answer =
          calling.post(
              "/v1/messages",
              "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
              "anthropic-version",
              "2026-10-21",
              "anthropic-beta",
              "some-beta");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(anthropic.lastReceived().header("anthropic-version")).hasValue("2023-06-01");
      assertThat(anthropic.lastReceived().header("anthropic-beta")).hasValue("some-beta");
    }
  }

  @Test
  void a_request_is_signed_over_what_the_provider_receives() {
    try (var calling = calling(Access.with(AWS), Dialect.OPENAI_CHAT, "/model/a%3A0")) {
      assertThat(calling.ask("m").statusCode()).isEqualTo(200);
      isSignedRightly(upstream.lastReceived());
      assertThat(upstream.lastReceived().path()).startsWith("/model/a%3A0/");
      assertThat(upstream.lastReceived().head()).doesNotContain("wJalrXUtnFEMI");
    }
  }

  @Test
  void a_long_request_is_signed_too() {
    try (var calling = calling(Access.with(AWS), Dialect.OPENAI_CHAT, "/v1")) {
      assertThat(calling.ask("m", "long ".repeat(70_000)).statusCode()).isEqualTo(200);
      isSignedRightly(upstream.lastReceived());
    }
  }

  private Calling calling(Access access, Dialect dialect, String path) {
    return Calling.start(
        folder,
        () -> Calling.keyring("m", access),
        Calling.model("m", dialect, upstream.url() + path));
  }

  private static Access key(Placement placement, String text) {
    return Access.with(new Credential.Key(placement, new Secret(text)));
  }

  /** As the provider checks it: from the bytes that came. */
  private static void isSignedRightly(Received received) {
    Instant then =
        Instant.from(
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .parse(received.header("x-amz-date").orElseThrow()));
    var signable =
        new AwsSignature.Signable(
            received.method(),
            received.path(),
            "",
            Map.of(
                "host", received.header("host").orElseThrow(),
                "content-type", received.header("content-type").orElseThrow()),
            AwsSignature.sha256(received.body()));
    assertThat(received.header("x-amz-security-token")).hasValue("session-1");
    assertThat(received.header("authorization"))
        .hasValue(new AwsSignature(AWS, "bedrock").sign(signable, then).get("authorization"));
  }
}
