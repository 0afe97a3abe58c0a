package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.ModelEntry;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Bytes;
import dev.ockham.route.Fleet;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /v1/models}: what a key may name as a model, in the asking client's dialect. */
final class ModelsEndpoint {
  private static final String OWNER = "ockham";

  private final Loop loop;

  ModelsEndpoint(Loop loop) {
    this.loop = loop;
  }

  void handle(Arrival arrival) {
    HttpServerRequest http = arrival.http();
    Fleet fleet = loop.gateway().fleet().get();
    var exchange = new Exchange(arrival, wireOf(http), fleet);
    loop.keys()
        .identify(http)
        .onSuccess(caller -> {
          http.response().putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
          http.response().putHeader(Headers.REQUEST_ID, arrival.id().toString());
          var _ = http.response().end(Bytes.wrap(exchange.wire.models(entries(fleet, caller))));
        })
        .onFailure(cause -> exchange.answer.refuse((Refusal) cause));
  }

  /** One path, two shapes: an Anthropic client shows itself by its headers. */
  static Wire wireOf(HttpServerRequest http) {
    String agent = http.getHeader(HttpHeaders.USER_AGENT);
    boolean anthropic =
        http.headers().contains(Headers.ANTHROPIC_VERSION)
            || http.headers().contains(Headers.X_API_KEY)
            || (agent != null && agent.startsWith("claude-"));
    return Wire.of(anthropic ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT);
  }

  private static List<ModelEntry> entries(Fleet fleet, Caller caller) {
    var entries = new ArrayList<ModelEntry>();
    add(entries, caller, Fleet.AUTO, OWNER);
    fleet.routes().keySet().stream()
        .sorted()
        .filter(route -> !route.equals(Fleet.AUTO))
        .forEach(route -> add(entries, caller, route, OWNER));
    fleet
        .catalog()
        .all()
        .forEach(model -> add(entries, caller, model.id(), model.endpoint().name()));
    fleet.catalog().aliases().keySet().stream()
        .sorted()
        .forEach(alias -> add(entries, caller, alias, OWNER));
    return entries;
  }

  private static void add(List<ModelEntry> entries, Caller caller, String id, String owner) {
    if (caller.mayUse(id)) {
      entries.add(new ModelEntry(id, owner, Instant.EPOCH));
    }
  }
}
