package dev.ockham.conformance;

import static dev.ockham.conformance.Json.demand;

import dev.ockham.chat.Dialect;
import dev.ockham.chat.Usage;
import dev.ockham.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A client of one dialect: says what is asked as its kind does, and reads replies strictly. */
abstract class ClientSpeaker {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A request in the dialect, without its credential. */
  record Said(String path, Map<String, String> headers, JsonNode body) {}

  /** What came back: what was understood, and the headers it came with. */
  record Told(Hearing hearing, HttpHeaders headers) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  abstract Dialect dialect();

  abstract Said say(Ask ask);

  /** The header in which this kind of client shows its key. */
  abstract Map.Entry<String, String> credential(String key);

  String streamType() {
    return "text/event-stream";
  }

  abstract Hearing whole(byte[] body);

  abstract Hearing streamed(byte[] body);

  /** An error reply: its kind as the dialect words it, held against the status. */
  abstract Problem problem(int status, byte[] body, HttpHeaders headers);

  /** What is left of a usage when it is told in this dialect. */
  abstract Usage sayable(Usage usage);

  /** Whether a reply must hold counts, so that unknown ones are told as zero. */
  abstract boolean usageNeeded();

  boolean hearsThoughts() {
    return true;
  }

  /** Whether a tool's failure can be said. */
  boolean hasToolErrors() {
    return false;
  }

  /** Whether tools can be offered that may not be called. */
  boolean hasNoChoice() {
    return true;
  }

  boolean hasPictureAddresses() {
    return true;
  }

  boolean hasPicturesInResults() {
    return true;
  }

  /** What a usage looks like to this client; in its own dialect, what was said passes. */
  final Usage told(Usage usage, Dialect provider) {
    if (usage.isAbsent()) {
      return usageNeeded() && provider != dialect() ? Usage.of(0, 0) : Usage.ABSENT;
    }
    return sayable(usage);
  }

  final Told ask(RunningGateway gateway, Ask ask) {
    return send(gateway, gateway.clientKey(), say(ask), ask.stream());
  }

  final Told send(RunningGateway gateway, String key, Said said, boolean stream) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + said.path()))
            .timeout(Duration.ofSeconds(5))
            .header("content-type", "application/json");
    said.headers().forEach(request::header);
    if (!key.isEmpty()) {
      Map.Entry<String, String> credential = credential(key);
      request.header(credential.getKey(), credential.getValue());
    }
    byte[] body = Sse.bytes(said.body().toString());
    HttpResponse<byte[]> reply =
        call(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    return new Told(read(reply, stream), reply.headers());
  }

  private Hearing read(HttpResponse<byte[]> reply, boolean stream) {
    String type = reply.headers().firstValue("content-type").orElse("");
    boolean json = type.equals("application/json") || type.startsWith("application/json;");
    if (reply.statusCode() != 200) {
      demand(json, "an error is JSON: " + type);
      return Hearing.failed(problem(reply.statusCode(), reply.body(), reply.headers()));
    }
    if (stream) {
      demand(type.startsWith(streamType()), "content type " + streamType() + ": " + type);
      return streamed(reply.body());
    }
    demand(json, "content type application/json: " + type);
    return whole(reply.body());
  }

  private static HttpResponse<byte[]> call(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
