package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.ChatError.Kind;
import dev.ockham.ledger.RequestId;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Bytes;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.RequestPage;
import dev.ockham.store.RequestQuery;
import dev.ockham.store.Requests;
import dev.ockham.store.StoredRequest;
import dev.ockham.store.Totals;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our own API: requests and totals. Admins see their organisation's, clients what their own key
 * asked for. The store reads on its own threads.
 */
final class ApiEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);
  private static final int DEFAULT_LIMIT = 50;

  private final Loop loop;

  ApiEndpoint(Loop loop) {
    this.loop = loop;
  }

  /** One page of requests, newest first. */
  void requests(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    RequestQuery query;
    try {
      query = query(arrival);
    } catch (Refusal refusal) {
      Problem.tell(arrival, refusal.error());
      return;
    }
    answer(
        arrival,
        stored().page(caller.organisation(), query),
        page -> Optional.of(page(page, caller)));
  }

  /** One request with its decision, attempts, price lines and cost. */
  void request(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    String path = arrival.path();
    Optional<RequestId> id = RequestId.parse(path.substring(path.lastIndexOf('/') + 1));
    if (id.isEmpty()) {
      Problem.tell(arrival, noSuchRequest());
      return;
    }
    answer(
        arrival,
        stored().byId(caller.organisation(), id.get()),
        found -> found.filter(request -> maySee(caller, request)).map(RequestJson::whole));
  }

  /** What everything cost together. */
  void summary(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    answer(arrival, stored().totals(caller.organisation()), totals -> Optional.of(totals(totals)));
  }

  static boolean maySee(Caller caller, StoredRequest request) {
    return caller.role() == Caller.Role.ADMIN
        || request.record().asker().keyId().equals(caller.keyId());
  }

  private Requests stored() {
    return loop.gateway().store().requests();
  }

  private <T> void answer(
      Arrival arrival,
      CompletionStage<T> read,
      java.util.function.Function<T, Optional<ObjectNode>> show) {
    Future<T> result = loop.await(read);
    result.onSuccess(found ->
        show.apply(found)
            .ifPresentOrElse(
                json -> tell(arrival, json), () -> Problem.tell(arrival, noSuchRequest())));
    result.onFailure(bug -> {
      LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(bug));
      Problem.tell(arrival, Errors.bug());
    });
  }

  private static void tell(Arrival arrival, ObjectNode json) {
    var response = arrival.http().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var _ = response.end(Bytes.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static ObjectNode page(RequestPage page, Caller caller) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("requests");
    for (StoredRequest request : page.requests()) {
      if (maySee(caller, request)) {
        list.add(RequestJson.summary(request.record(), request.cost()));
      }
    }
    page.next()
        .ifPresentOrElse(next -> json.put("next", next.toString()), () -> json.putNull("next"));
    return json;
  }

  private static ObjectNode totals(Totals totals) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requests", totals.requests());
    json.put("attempts", totals.attempts());
    json.put("attempts_unpriced", totals.unpriced());
    json.put("attempts_estimated", totals.estimated());
    json.put("attempts_voided", totals.voided());
    json.put("cost_usd", totals.dollars().stripTrailingZeros().toPlainString());
    return json;
  }

  private static RequestQuery query(Arrival arrival) {
    readable(arrival.http());
    String limit = arrival.http().getParam("limit");
    String cursor = arrival.http().getParam("cursor");
    Optional<RequestId> before = Optional.empty();
    if (cursor != null) {
      before = RequestId.parse(cursor);
      if (before.isEmpty()) {
        throw wrong("cursor", cursor, "what \"next\" of the page before says");
      }
    }
    int count = DEFAULT_LIMIT;
    if (limit != null) {
      try {
        count = Integer.parseInt(limit);
      } catch (NumberFormatException notANumber) {
        count = 0;
      }
      if (count < 1 || count > RequestQuery.MAX_LIMIT) {
        throw wrong("limit", limit, "1 to " + RequestQuery.MAX_LIMIT);
      }
    }
    return new RequestQuery(
        count,
        before,
        Optional.ofNullable(arrival.http().getParam("served")),
        Optional.ofNullable(arrival.http().getParam("route")),
        Optional.empty());
  }

  private static void readable(HttpServerRequest http) {
    try {
      http.params();
    } catch (IllegalArgumentException broken) {
      throw wrong(
          "query",
          Objects.requireNonNullElse(http.query(), ""),
          "percent signs followed by two hexadecimal digits");
    }
  }

  private static Refusal wrong(String name, String value, String expected) {
    String message = name + " \"" + HeaderText.clean(value) + "\" (expected: " + expected + ")";
    return Refusal.because(new ChatError(400, Kind.INVALID_REQUEST, "invalid_parameter", message));
  }

  private static ChatError noSuchRequest() {
    return new ChatError(
        404,
        Kind.NOT_FOUND,
        "no_such_request",
        "no request of this id, or it is another key's (expected: an id from x-ockham-request-id)");
  }
}
