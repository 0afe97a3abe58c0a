package dev.ockham.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.GoogleAccount;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Network;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Certificates;
import dev.ockham.testing.Eventually;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service account is exchanged for tokens, and calls do not wait for more than the first. */
class GoogleTokensTest {
  private static final KeyPair KEYS = keys();

  @TempDir Path folder;
  private final ScriptedUpstream vertex =
      ScriptedUpstream.start(OpenAiReplies.text("Hello", 11, 7));

  @AfterEach
  void stop() {
    vertex.close();
  }

  @Test
  void one_token_serves_many_calls() {
    try (var google = google(3600);
        var calling = calling(google, Patience.DEFAULT)) {
      for (int i = 0; i < 8; i++) {
        assertThat(calling.ask("vertex").statusCode()).isEqualTo(200);
        assertThat(bearer()).startsWith("Bearer token-");
      }
      // one for each of two event loops
      assertThat(google.received().size()).isBetween(1, 2);
    }
  }

  @Test
  void the_account_says_who_it_is_by_its_signature() throws Exception {
    try (var google = google(3600);
        var calling = calling(google, Patience.DEFAULT)) {
      calling.ask("vertex");

      String form = URLDecoder.decode(google.lastReceived().text(), UTF_8);
      assertThat(form).startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&");
      String[] parts = form.substring(form.indexOf("assertion=") + 10).split("\\.", -1);
      var claims = json(parts[1]);
      assertThat(json(parts[0]).path("alg").asString()).isEqualTo("RS256");
      assertThat(json(parts[0]).path("kid").asString()).isEqualTo("key-1");
      assertThat(claims.path("iss").asString()).isEqualTo("ockham@project.test");
      assertThat(claims.path("aud").asString()).isEqualTo(google.url() + "/token");
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
      var check = Signature.getInstance("SHA256withRSA");
      check.initVerify(KEYS.getPublic());
      check.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
  }

  @Test
  void a_token_that_ends_soon_is_replaced_while_it_still_serves() {
    try (var google = google(200);
        var calling = calling(google, Patience.DEFAULT)) {
      assertThat(calling.ask("vertex").statusCode()).isEqualTo(200);
      Eventually.equal(
          true,
          () -> {
            assertThat(calling.ask("vertex").statusCode()).isEqualTo(200);
            return google.received().size() > 2 && !bearer().endsWith("token-1");
          },
          Duration.ofSeconds(10));
    }
  }

  /** The model is reached by TLS, its tokens are not: two ways through the network. */
  @Test
  void where_another_providers_key_changes_tokens_are_fetched_as_before(@TempDir Path keys) {
    var server = Certificates.make(keys, "ip:127.0.0.1");
    var network =
        new Network(Optional.empty(), Optional.of(server.certificatePem()), Optional.empty());
    try (var google = google(200);
        var secure =
            ScriptedUpstream.startTls(
                server.trusting(server), false, OpenAiReplies.text("Hello", 1, 1))) {
      var account = new Access(account(google), network, Map.of(), Optional.empty());
      var inForce = new AtomicReference<>(Calling.keyring("vertex", account));
      try (var calling =
          Calling.start(
              folder,
              inForce::get,
              Patience.DEFAULT,
              Calling.model("vertex", Dialect.OPENAI_CHAT, secure.url() + "/v1"))) {
        Eventually.equal(true, () -> asked(calling, google) >= 4, Duration.ofSeconds(10));
        var other = Access.with(new Credential.Key(Placement.BEARER, new Secret("new")));
        inForce.set(new Keyring(Map.of("vertex", account, "other", other), Optional.empty()));

        int before = google.received().size();
        Eventually.equal(true, () -> asked(calling, google) >= before + 4, Duration.ofSeconds(10));
      }
    }
  }

  private static int asked(Calling calling, ScriptedUpstream google) {
    assertThat(calling.ask("vertex").statusCode()).isEqualTo(200);
    return google.received().size();
  }

  @Test
  void nobody_waits_for_a_token_for_longer_than_for_a_connection() {
    try (var google = ScriptedUpstream.start(request -> new Reply(List.of()).stall());
        var calling = calling(google, RunningGateway.impatient())) {
      var answer = calling.ask("vertex");
      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("for a connection");
      assertThat(vertex.received()).isEmpty();
    }
  }

  @Test
  void an_account_that_is_refused_is_told_without_its_secrets() {
    Script refuse = request -> Reply.json(400, "{\"error\":\"invalid_grant\"}");
    try (var google = ScriptedUpstream.start(refuse);
        var calling = calling(google, Patience.DEFAULT)) {
      var answer = calling.ask("vertex");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body())
          .contains("no access token: the token endpoint answered 400")
          .doesNotContain("127.0.0.1")
          .doesNotContain("PRIVATE");
    }
  }

  private String bearer() {
    return vertex.lastReceived().header("authorization").orElse("");
  }

  private Calling calling(ScriptedUpstream google, Patience patience) {
    return Calling.start(
        folder,
        () -> Calling.keyring("vertex", Access.with(account(google))),
        patience,
        Calling.model("vertex", Dialect.OPENAI_CHAT, vertex.url() + "/v1"));
  }

  private static GoogleAccount account(ScriptedUpstream google) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return new GoogleAccount(
        "ockham@project.test", "key-1", new Secret(pem), google.url() + "/token");
  }

  private static ScriptedUpstream google(int seconds) {
    return ScriptedUpstream.start(request ->
        Reply.json(
            200,
            "{\"access_token\":\"token-%d\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                .formatted(request.number(), seconds)));
  }

  private static JsonNode json(String part) {
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
