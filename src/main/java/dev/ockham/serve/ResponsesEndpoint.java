package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.ResponsesBody;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.Responses;
import dev.ockham.store.StoredResponse;
import io.vertx.core.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns of OpenAI's Responses that a key has kept: told, listed and forgotten, to that key alone.
 */
final class ResponsesEndpoint {
  private static final String BEFORE = "/v1/responses/";

  private final Loop loop;
  private final Responses turns;

  ResponsesEndpoint(Loop loop) {
    this.loop = loop;
    this.turns = loop.gateway().store().responses();
  }

  /** The response as its client was told it. */
  void read(Arrival arrival) {
    String id = id(arrival.path(), "");
    answer(arrival, (exchange, caller) -> find(caller, id).map(StoredResponse::response));
  }

  /** What the client added in this turn. */
  void inputItems(Arrival arrival) {
    String id = id(arrival.path(), "/input_items");
    answer(arrival, (exchange, caller) -> find(caller, id).map(turn -> list(turn.input())));
  }

  void forget(Arrival arrival) {
    String id = id(arrival.path(), "");
    answer(
        arrival,
        (exchange, caller) ->
            loop.stored(turns.forget(caller.organisation(), caller.keyId(), id))
                .compose(there -> there ? Future.succeededFuture(gone(id)) : missing()));
  }

  /** The id in a path, which is encoded there; what is no encoding is no id of ours. */
  private static String id(String path, String after) {
    String encoded = path.substring(BEFORE.length(), path.length() - after.length());
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }

  private Future<StoredResponse> find(Caller caller, String id) {
    return loop.stored(turns.find(caller.organisation(), caller.keyId(), id))
        .compose(found -> found.map(Future::succeededFuture).orElseGet(ResponsesEndpoint::missing));
  }

  private static <T> Future<T> missing() {
    return Future.failedFuture(Refusal.because(Errors.noSuchKeptResponse()));
  }

  private void answer(Arrival arrival, BiFunction<Exchange, Caller, Future<byte[]>> find) {
    var exchange = new Exchange(arrival, Wire.of(Dialect.OPENAI_RESPONSES), loop);
    loop.bodies().discard(arrival.http());
    loop.keys()
        .identify(arrival.http())
        .compose(caller -> find.apply(exchange, caller))
        .onSuccess(exchange.answer::tell)
        .onFailure(cause -> exchange.answer.refuse(Recorder.refusal(exchange, cause)));
  }

  private static byte[] list(byte[] items) {
    String data = new String(ResponsesBody.array(List.of(), items), StandardCharsets.UTF_8);
    return ("{\"object\":\"list\",\"data\":"
            + data
            + ",\"first_id\":null,\"last_id\":null,\"has_more\":false}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gone(String id) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", "response")
        .put("deleted", true)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
