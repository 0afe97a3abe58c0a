package dev.ockham.serve;

import dev.ockham.config.ConfigProblem;
import dev.ockham.provider.Bytes;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.serve.Reload.Outcome;
import dev.ockham.serve.Reload.Refused;
import dev.ockham.serve.Reload.Taken;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the settings again when an admin asks for it, and says what came of it. */
final class ReloadEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadEndpoint.class);
  private static final int REFUSED = 422;

  private final Loop loop;
  private final Reloads reloads;

  ReloadEndpoint(Loop loop, Reloads reloads) {
    this.loop = loop;
    this.reloads = reloads;
  }

  void reload(Arrival arrival) {
    loop.bodies().discard(arrival.http());
    loop.elsewhere(reloads::now)
        .onSuccess(outcome -> tell(arrival, outcome))
        .onFailure(cause -> {
          if (cause instanceof Refusal busy) {
            Problem.tell(arrival, busy.error());
          } else {
            LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(cause));
            Problem.tell(arrival, Errors.bug());
          }
        });
  }

  private static void tell(Arrival arrival, Outcome outcome) {
    var response = arrival.http().response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (outcome instanceof Refused) {
      response.setStatusCode(REFUSED);
    }
    CharSequence type = outcome instanceof Refused ? Headers.PROBLEM : Headers.JSON;
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(Headers.REQUEST_ID, arrival.id().toString());
    byte[] body = json(outcome).toString().getBytes(StandardCharsets.UTF_8);
    var _ = response.end(Bytes.wrap(body));
  }

  private static ObjectNode json(Outcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (outcome) {
      case Taken(var routes, var catalog, var warnings) -> {
        json.put("routes_version", routes);
        json.put("catalog_version", catalog);
        var list = json.putArray("warnings");
        warnings.forEach(list::add);
      }
      case Refused(var source, var problems) -> {
        json.put("type", "about:blank");
        json.put("title", "settings not reloaded");
        json.put("status", REFUSED);
        json.put("code", "invalid_configuration");
        json.put(
            "detail", source + " has problems; the settings that were in force before still are");
        var list = json.putArray("problems");
        for (ConfigProblem problem : problems) {
          ObjectNode each = list.addObject();
          each.put("file", source);
          each.put("line", problem.line());
          each.put("path", problem.path());
          each.put("value", problem.value());
          each.put("expected", problem.expected());
        }
      }
    }
    return json;
  }
}
