package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.AwsKeys;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Keyring;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.provider.Probe.Finding;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.ScriptedUpstream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each dialect's providers are asked what costs nothing and needs the credential. */
class ProbeTest {
  private int status = 200;
  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(request -> Reply.json(status, "{}"));

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void models_are_listed_where_there_is_a_list() {
    assertThat(asked(Dialect.OPENAI_CHAT, "/v1")).isEqualTo("GET /v1/models");
    assertThat(asked(Dialect.OPENAI_RESPONSES, "/v1")).isEqualTo("GET /v1/models");
    assertThat(asked(Dialect.ANTHROPIC_MESSAGES, "")).isEqualTo("GET /v1/models?limit=1");
    assertThat(asked(Dialect.GEMINI_GENERATE, "/v1beta"))
        .isEqualTo("GET /v1beta/models?pageSize=1");
  }

  @Test
  void tokens_are_counted_where_there_is_none() {
    assertThat(asked(Dialect.BEDROCK_CONVERSE, ""))
        .isEqualTo("POST /model/maker.model-v1%3A0/count-tokens");
    assertThat(asked(Dialect.GEMINI_GENERATE, "/v1/projects/p/locations/l/publishers/google"))
        .isEqualTo(
            "POST /v1/projects/p/locations/l/publishers/google/models/maker.model-v1%3A0:countTokens");
    assertThat(upstream.lastReceived().text()).contains("\"text\":\"a\"");
  }

  @Test
  void the_credential_goes_along_as_in_a_call() {
    var google = new Credential.Key(Placement.X_GOOG_API_KEY, new Secret("g-key"));
    assertThat(received(Dialect.GEMINI_GENERATE, "/v1beta", google).header("x-goog-api-key"))
        .hasValue("g-key");
    var aws = new AwsKeys("eu-central-1", new Secret("id"), new Secret("key"), Optional.empty());
    assertThat(received(Dialect.BEDROCK_CONVERSE, "", aws).header("authorization").orElse(""))
        .startsWith("AWS4-HMAC-SHA256 Credential=id/")
        .contains("/eu-central-1/bedrock/aws4_request");
  }

  @Test
  void a_wrong_key_is_told_from_a_wrong_question() {
    assertThat(found(401, Dialect.OPENAI_CHAT)).isInstanceOf(Finding.Refused.class);
    assertThat(found(403, Dialect.BEDROCK_CONVERSE)).isInstanceOf(Finding.Refused.class);
    assertThat(found(400, Dialect.GEMINI_GENERATE)).isInstanceOf(Finding.Refused.class);
    assertThat(found(400, Dialect.BEDROCK_CONVERSE)).isInstanceOf(Finding.Taken.class);
    assertThat(found(404, Dialect.OPENAI_CHAT)).isInstanceOf(Finding.Untried.class);
    assertThat(found(302, Dialect.OPENAI_CHAT))
        .isInstanceOfSatisfying(Finding.Odd.class, odd -> assertThat(odd.status()).isEqualTo(302));
  }

  @Test
  void who_is_not_there_is_silent() {
    upstream.close();
    assertThat(ask(Dialect.OPENAI_CHAT, "", new Credential.None()))
        .isEqualTo(new Finding.Silent("the connection was refused"));
  }

  private Finding found(int said, Dialect dialect) {
    status = said;
    return ask(dialect, "", new Credential.None());
  }

  private String asked(Dialect dialect, String path) {
    Received received = received(dialect, path, new Credential.None());
    return received.method() + " " + received.path();
  }

  private Received received(Dialect dialect, String path, Credential credential) {
    assertThat(ask(dialect, path, credential)).isInstanceOf(Finding.Taken.class);
    return upstream.lastReceived();
  }

  private Finding ask(Dialect dialect, String path, Credential credential) {
    var keyring = new Keyring(Map.of("p", Access.with(credential)), Optional.empty());
    var endpoint = new Endpoint("p", dialect, upstream.url() + path, Duration.ofSeconds(10));
    try (var probe = new Probe(keyring, Clock.systemUTC(), System::nanoTime)) {
      return probe.ask(endpoint, "maker.model-v1:0").join();
    }
  }
}
