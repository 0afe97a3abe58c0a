package dev.ockham.serve;

import dev.ockham.ledger.Budget;
import dev.ockham.ledger.BudgetStanding;
import dev.ockham.ledger.Entry;
import dev.ockham.policy.Caller;
import dev.ockham.provider.Bytes;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.Budgets;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Our own API: how budgets stand, and what they have reached. For admins. */
final class BudgetsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetsEndpoint.class);
  private static final int MOST_EVENTS = 500;

  private final Loop loop;

  BudgetsEndpoint(Loop loop) {
    this.loop = loop;
  }

  /** How every budget of the organisation stands now. */
  void list(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("budgets");
    for (BudgetStanding standing : budgets().list()) {
      if (standing.budget().organisation().equals(caller.organisation())) {
        list.add(json(standing));
      }
    }
    tell(arrival, json);
  }

  /** The latest shares of limits that were reached, newest first. */
  void events(Arrival arrival) {
    Caller caller = arrival.caller().orElseThrow();
    loop.await(budgets().events(caller.organisation(), MOST_EVENTS))
        .onSuccess(events -> {
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          ArrayNode list = json.putArray("events");
          events.forEach(event -> list.add(json(event)));
          tell(arrival, json);
        })
        .onFailure(bug -> {
          LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(bug));
          Problem.tell(arrival, Errors.bug());
        });
  }

  private Budgets budgets() {
    return loop.gateway().store().budgets();
  }

  private static ObjectNode json(BudgetStanding standing) {
    Budget budget = standing.budget();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scope", budget.scope().toString());
    json.put("period", budget.period().wireName());
    json.put("zone", budget.zone().getId());
    json.put("mode", budget.terms().mode().wireName());
    json.put("limit_usd", standing.limit().toDecimalString());
    json.put("spent_usd", standing.spent().toDecimalString());
    json.put("held_usd", standing.held().toDecimalString());
    json.put("beyond_usd", standing.beyond().toDecimalString());
    json.put("since", standing.span().from().toString());
    standing
        .span()
        .until()
        .ifPresentOrElse(
            until -> json.put("resets_at", until.toString()), () -> json.putNull("resets_at"));
    ArrayNode actions = json.putArray("actions");
    budget.terms().thresholds().forEach(threshold -> actions.add(threshold.toString()));
    return json;
  }

  private static ObjectNode json(Entry.Reached event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", event.at().toString());
    json.put("scope", event.scope().toString());
    json.put("period", event.period().wireName());
    json.put("since", event.since().toString());
    json.put("percent", event.threshold().percent());
    json.put("action", event.threshold().action().wireName());
    return json;
  }

  private static void tell(Arrival arrival, ObjectNode json) {
    var response = arrival.http().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var _ = response.end(Bytes.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
