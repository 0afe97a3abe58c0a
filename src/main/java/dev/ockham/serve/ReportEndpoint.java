package dev.ockham.serve;

import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.store.AdoptionReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What routes saved, or would have saved, over many requests. */
final class ReportEndpoint {
  private static final int MOST_DAYS = 366;
  private static final String USUAL_DAYS = "7";

  private final Loop loop;
  private final AdminCalls calls;

  ReportEndpoint(Loop loop) {
    this.loop = loop;
    this.calls = new AdminCalls(loop);
  }

  void report(Arrival arrival) {
    String days = arrival.http().getParam("days", USUAL_DAYS);
    if (!days.matches("[0-9]{1,3}") || Integer.parseInt(days) > MOST_DAYS || days.equals("0")) {
      Problem.tell(arrival, AdminCalls.wrong("days", days, "1 to " + MOST_DAYS).error());
      return;
    }
    Instant since = loop.gateway().clock().instant().minus(Duration.ofDays(Integer.parseInt(days)));
    String organisation = arrival.caller().orElseThrow().organisation();
    calls.answer(
        arrival,
        loop.await(loop.gateway().store().adoptionReports().since(organisation, since)),
        ReportEndpoint::json);
  }

  private static ObjectNode json(AdoptionReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("since", report.since().toString());
    json.put("complete", report.complete());
    ArrayNode lines = json.putArray("lines");
    for (AdoptionReport.Line line : report.lines()) {
      ObjectNode one = lines.addObject();
      one.put("mode", line.mode().wireName());
      one.put("serving", line.serving().wireName());
      one.put("requests", line.requests());
      one.put("compared", line.compared());
      one.put("cost_usd", plain(line.dollars()));
      one.put("otherwise_usd_estimate", plain(line.otherwise()));
    }
    return json;
  }

  private static String plain(BigDecimal dollars) {
    return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
  }
}
