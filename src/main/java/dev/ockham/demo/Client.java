package dev.ockham.demo;

import dev.ockham.chat.Dialect;
import dev.ockham.demo.Exchange.Answered;
import dev.ockham.demo.Exchange.Failed;
import dev.ockham.demo.Exchange.Manner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the gateway a question over HTTP as an application would, in either dialect, with {@code
 * model: "auto"}. Knows nothing of the gateway but its address and a key.
 */
final class Client implements AutoCloseable {
  /** Longer than the longest recorded answer, 3,844 tokens. */
  private static final int MAX_TOKENS = 4_096;

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final String address;
  private final String key;
  private final LongSupplier nanos;

  /**
   * @param address the gateway's, such as {@code http://127.0.0.1:8484}
   */
  Client(String address, String key, LongSupplier nanos) {
    this.address = address;
    this.key = key;
    this.nanos = nanos;
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** Sends the question and waits for the whole answer. */
  Exchange ask(Question question, Manner manner) throws InterruptedException {
    long begun = nanos.getAsLong();
    try {
      HttpResponse<String> response =
          http.send(request(question, manner), HttpResponse.BodyHandlers.ofString());
      long micros = (nanos.getAsLong() - begun) / 1_000;
      return response.statusCode() == 200
          ? answered(question, manner, response, micros)
          : new Failed(question, manner, response.statusCode() + " " + response.body());
    } catch (IOException | JacksonException e) {
      return new Failed(question, manner, e.toString());
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest request(Question question, Manner manner) {
    ObjectNode body = Voice.JSON.createObjectNode().put("model", "auto");
    body.put("max_tokens", MAX_TOKENS);
    body.putArray("messages").addObject().put("role", "user").put("content", question.prompt());
    if (manner.streamed()) {
      body.put("stream", true);
    }
    var request =
        HttpRequest.newBuilder()
            .timeout(DEADLINE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    return switch (manner.dialect()) {
      case OPENAI_CHAT ->
          request
              .uri(URI.create(address + "/v1/chat/completions"))
              .header("authorization", "Bearer " + key)
              .build();
      case ANTHROPIC_MESSAGES ->
          request
              .uri(URI.create(address + "/v1/messages"))
              .header("x-api-key", key)
              .header("anthropic-version", "2023-06-01")
              .build();
      case OPENAI_RESPONSES, GEMINI_GENERATE, BEDROCK_CONVERSE ->
          throw Voice.unspoken(manner.dialect());
    };
  }

  private static Exchange answered(
      Question question, Manner manner, HttpResponse<String> response, long micros) {
    String model = response.headers().firstValue("x-ockham-model").orElse("");
    String id = response.headers().firstValue("x-ockham-request-id").orElse("");
    if (!question.answers().containsKey(model) || id.isEmpty()) {
      return new Failed(question, manner, "served by \"" + model + "\" as request \"" + id + "\"");
    }
    String text =
        manner.streamed()
            ? streamedText(manner.dialect(), response.body())
            : wholeText(manner.dialect(), Voice.JSON.readTree(response.body()));
    return new Answered(question, manner, id, model, text, micros);
  }

  private static String wholeText(Dialect dialect, JsonNode body) {
    return switch (dialect) {
      case OPENAI_CHAT ->
          Voice.textOf(body.path("choices").path(0).path("message").path("content"));
      case ANTHROPIC_MESSAGES -> Voice.textOf(body.path("content"));
      case OPENAI_RESPONSES, GEMINI_GENERATE, BEDROCK_CONVERSE -> throw Voice.unspoken(dialect);
    };
  }

  /** The deltas of a stream put together; a stream without its proper end yields no text. */
  private static String streamedText(Dialect dialect, String body) {
    var text = new StringBuilder();
    boolean ended = false;
    for (String line : body.lines().toList()) {
      if (!line.startsWith("data:")) {
        continue;
      }
      String data = line.substring("data:".length()).strip();
      if (data.equals("[DONE]")) {
        ended = true;
        continue;
      }
      JsonNode event = Voice.JSON.readTree(data);
      ended |= event.path("type").asString("").equals("message_stop");
      JsonNode delta =
          dialect == Dialect.OPENAI_CHAT
              ? event.path("choices").path(0).path("delta").path("content")
              : event.path("delta").path("text");
      text.append(delta.asString(""));
    }
    return ended ? text.toString() : "";
  }
}
