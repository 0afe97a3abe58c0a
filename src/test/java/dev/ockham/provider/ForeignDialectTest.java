package dev.ockham.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Access;
import dev.ockham.catalog.Credential;
import dev.ockham.catalog.Credential.AwsKeys;
import dev.ockham.catalog.Credential.Placement;
import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Secret;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.Reply;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.Script;
import dev.ockham.testing.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bedrock and Vertex as they are configured: address, model, credential and dialect together. */
class ForeignDialectTest {
  private static final Script BEDROCK =
      request ->
          Reply.json(
              200,
              "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hello\"}]}},"
                  + "\"stopReason\":\"end_turn\",\"metrics\":{\"latencyMs\":1},"
                  + "\"usage\":{\"inputTokens\":11,\"outputTokens\":7,\"totalTokens\":18}}");
  private static final Script VERTEX =
      request ->
          Reply.json(
              200,
              "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
                  + "\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":11,"
                  + "\"candidatesTokenCount\":7,\"totalTokenCount\":18}}");

  @TempDir Path folder;

  @Test
  void bedrock_gets_a_signed_call_of_a_model_with_a_colon() {
    var keys = new AwsKeys("eu-central-1", new Secret("AKIA1"), new Secret("s"), Optional.empty());
    try (var upstream = ScriptedUpstream.start(BEDROCK);
        var calling =
            calling(
                Access.with(keys),
                model("amazon.nova-pro-v1:0", Dialect.BEDROCK_CONVERSE, upstream.url()))) {
      var answer = calling.ask("m");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"Hello\"");
      assertThat(upstream.lastReceived().path())
          .isEqualTo("/model/amazon.nova-pro-v1%3A0/converse");
      assertThat(upstream.lastReceived().header("authorization").orElse(""))
          .contains("Credential=AKIA1/", "SignedHeaders=content-type;host;x-amz-date,");
    }
  }

  @Test
  void vertex_gets_a_token_and_the_models_whole_address() {
    var token = new Credential.Key(Placement.BEARER, new Secret("ya29.token"));
    String path = "/v1/projects/p/locations/l/publishers/google";
    try (var upstream = ScriptedUpstream.start(VERTEX);
        var calling =
            calling(
                Access.with(token),
                model("gemini-2.5-flash", Dialect.GEMINI_GENERATE, upstream.url() + path))) {
      var answer = calling.ask("m");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"Hello\"");
      assertThat(upstream.lastReceived().path())
          .isEqualTo(path + "/models/gemini-2.5-flash:generateContent");
      assertThat(upstream.lastReceived().header("authorization")).hasValue("Bearer ya29.token");
    }
  }

  private Calling calling(Access access, Model model) {
    return Calling.start(folder, () -> Calling.keyring("house", access), model);
  }

  private static Model model(String upstreamName, Dialect dialect, String baseUrl) {
    Model made =
        RunningGateway.model("m", new Endpoint("house", dialect, baseUrl, Duration.ofSeconds(20)));
    return new Model(
        made.id(),
        made.endpoint(),
        upstreamName,
        made.limits(),
        made.capabilities(),
        made.price(),
        made.priorSkill());
  }
}
