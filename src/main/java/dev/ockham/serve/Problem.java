package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An error of our own API, as RFC 9457 has it. */
final class Problem {
  private Problem() {}

  static void tell(Arrival arrival, ChatError error) {
    HttpServerResponse response = arrival.http().response();
    if (response.ended() || response.closed()) {
      return;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank");
    json.put("title", error.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    json.put("status", error.status());
    json.put("code", error.code());
    json.put("detail", error.message());
    json.put("instance", arrival.id().toString());
    response.setStatusCode(error.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.PROBLEM);
    response.putHeader(Headers.REQUEST_ID, arrival.id().toString());
    var _ = response.end(json.toString());
  }
}
