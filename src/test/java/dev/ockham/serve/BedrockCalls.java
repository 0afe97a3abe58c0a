package dev.ockham.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Endpoint;
import dev.ockham.catalog.Model;
import dev.ockham.chat.Dialect;
import dev.ockham.testing.BedrockReplies;
import dev.ockham.testing.RunningGateway;
import dev.ockham.testing.ScriptedUpstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Bedrock model behind a gateway, and calls of its own clients. */
final class BedrockCalls {
  private BedrockCalls() {}

  static final JsonMapper JSON = new JsonMapper();
  static final String ASK =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
  private static final String USAGE =
      "\"usage\":{\"inputTokens\":11,\"outputTokens\":7,\"totalTokens\":18},\"metrics\":{\"latencyMs\":5}";
  static final String BODY =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},\"stopReason\":\"end_turn\","
          + USAGE
          + "}";
  static final List<String> EVENTS =
      List.of(
          "messageStart {\"role\":\"assistant\"}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}",
          "contentBlockStop {\"contentBlockIndex\":0}",
          "messageStop {\"stopReason\":\"end_turn\"}",
          "metadata {" + USAGE + "}");

  /** A thought with a signature, and a call. */
  static final List<String> CALL =
      List.of(
          "messageStart {\"role\":\"assistant\"}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Hm.\"}}}",
          "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2lnbmVk\"}}}",
          "contentBlockStop {\"contentBlockIndex\":0}",
          "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_1\",\"name\":\"weather\"}}}",
          "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}}",
          "contentBlockStop {\"contentBlockIndex\":1}",
          "messageStop {\"stopReason\":\"tool_use\"}",
          "metadata {" + USAGE + "}");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Model bedrock(String id, ScriptedUpstream upstream) {
    var endpoint =
        new Endpoint(
            "bedrock-converse", Dialect.BEDROCK_CONVERSE, upstream.url(), Duration.ofSeconds(30));
    return RunningGateway.model(id, endpoint);
  }

  static HttpResponse<byte[]> post(RunningGateway gateway, String path, String body) {
    try {
      return CLIENT.send(
          HttpCalls.request(gateway, path)
              .header("authorization", "Bearer " + gateway.clientKey())
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static List<String> stream(RunningGateway gateway, String model, String body) {
    var response = post(gateway, "/model/" + model + "/converse-stream", body);
    assertThat(HttpCalls.header(response, "content-type"))
        .isEqualTo("application/vnd.amazon.eventstream");
    return BedrockReplies.events(response.body());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  static JsonNode whole(RunningGateway gateway, String model, String body) {
    var response = post(gateway, "/model/" + model + "/converse", body);
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
