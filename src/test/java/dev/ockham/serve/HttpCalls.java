package dev.ockham.serve;

import dev.ockham.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP calls of a gateway, each with a deadline. */
final class HttpCalls {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  static final JsonMapper JSON = new JsonMapper();

  private HttpCalls() {}

  static HttpResponse<String> post(RunningGateway gateway, String path, String body) {
    return post(gateway, path, gateway.clientKey(), body);
  }

  static HttpResponse<String> post(RunningGateway gateway, String path, String key, String body) {
    return send(
        request(gateway, path)
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  static HttpResponse<String> get(RunningGateway gateway, String path, String key) {
    return send(request(gateway, path).header("authorization", "Bearer " + key).build());
  }

  static JsonNode getJson(RunningGateway gateway, String path) {
    return json(get(gateway, path, gateway.adminKey()));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  static HttpRequest.Builder request(RunningGateway gateway, String path) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(Duration.ofSeconds(20));
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static String requestId(HttpResponse<?> response) {
    return header(response, "x-ockham-request-id");
  }

  static String openAiAsk(String model) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(model);
  }

  static String openAiStream(String model) {
    return "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(model);
  }

  static String anthropicAsk(String model) {
    return "{\"model\":\"%s\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(model);
  }
}
