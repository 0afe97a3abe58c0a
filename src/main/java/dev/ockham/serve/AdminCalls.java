package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.provider.Bytes;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a call of our own API that changes something is read and answered. */
final class AdminCalls {
  private static final Logger LOG = LoggerFactory.getLogger(AdminCalls.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Loop loop;

  AdminCalls(Loop loop) {
    this.loop = loop;
  }

  /** The name in a path, between the last slash before it and what comes after. */
  static String name(Arrival arrival, String after) {
    String path = arrival.path();
    String before = path.substring(0, path.length() - after.length());
    return URLDecoder.decode(before.substring(before.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
  }

  /** Reads a body and goes on with it; a Refusal that is thrown is told. */
  void body(Arrival arrival, Consumer<byte[]> step) {
    ByteBudget.Share share = loop.memory().share();
    loop.bodies()
        .read(arrival.http(), share)
        .map(body -> {
          step.accept(body);
          return body;
        })
        .onFailure(cause -> tellFailure(arrival, cause))
        .onComplete(_ -> share.giveBack());
  }

  /** Reads a body of JSON and goes on with it. */
  void json(Arrival arrival, Consumer<JsonNode> step) {
    body(
        arrival,
        body -> {
          JsonNode read;
          try {
            read = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
          } catch (JacksonException broken) {
            throw wrong("body", "no JSON", "one JSON object");
          }
          if (!read.isObject()) {
            throw wrong("body", "no object", "one JSON object");
          }
          step.accept(read);
        });
  }

  <T> void answer(Arrival arrival, Future<T> result, Function<T, ObjectNode> show) {
    result
        .onSuccess(found -> tell(arrival, show.apply(found)))
        .onFailure(cause -> tellFailure(arrival, cause));
  }

  void tell(Arrival arrival, ObjectNode json) {
    var response = arrival.http().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var _ = response.end(Bytes.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void tellFailure(Arrival arrival, Throwable cause) {
    if (cause instanceof Refusal refusal) {
      Problem.tell(arrival, refusal.error());
    } else {
      LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(cause));
      Problem.tell(arrival, Errors.bug());
    }
  }

  static Refusal wrong(String name, String value, String expected) {
    String message = name + " \"" + HeaderText.clean(value) + "\" (expected: " + expected + ")";
    return Refusal.because(new ChatError(400, Kind.INVALID_REQUEST, "invalid_parameter", message));
  }
}
