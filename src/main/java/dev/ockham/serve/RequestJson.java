package dev.ockham.serve;

import dev.ockham.catalog.Cost;
import dev.ockham.catalog.Money;
import dev.ockham.catalog.Price;
import dev.ockham.chat.ServiceTier;
import dev.ockham.chat.TokenClass;
import dev.ockham.chat.Usage;
import dev.ockham.ledger.Basis;
import dev.ockham.ledger.RequestRecord;
import dev.ockham.ledger.RequestRecord.Answer;
import dev.ockham.route.Explanation;
import dev.ockham.route.Explanation.Candidate;
import dev.ockham.store.StoredAttempt;
import dev.ockham.store.StoredRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request as our API shows it. Money is a decimal string of dollars; unknown money is null. */
final class RequestJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RequestJson() {}

  /** One line of a list. */
  static ObjectNode summary(RequestRecord record, Optional<Money> cost) {
    Explanation why = record.why();
    Answer answer = record.answer();
    ObjectNode json = JSON.objectNode();
    json.put("id", record.id().toString());
    json.put("at", record.at().toString());
    json.put("status", answer.status().wireName());
    json.put("http_status", answer.httpStatus());
    put(json, "error", answer.error());
    json.put("asked", record.asked().model());
    put(json, "served", answer.servedBy());
    json.put("route", why.route());
    json.put("mode", why.mode().wireName());
    json.put("serving", why.serving().wireName());
    json.put("why", why.reason());
    money(json, "cost_usd", cost);
    put(json, "alternative", why.alternative());
    money(json, "alternative_cost_usd_estimate", answer.alternativeCost());
    json.put("done_us", micros(answer.timings().done()));
    return json;
  }

  /** Everything that is known of a request. */
  static ObjectNode whole(StoredRequest request) {
    RequestRecord record = request.record();
    ObjectNode json = summary(record, request.cost());
    ObjectNode asker = json.putObject("asker");
    asker.put("organisation", record.asker().organisation());
    asker.put("key", record.asker().keyId());
    asker.put("principal", record.asker().principal());
    json.put("dialect", record.asked().dialect().wireName());
    json.put("streamed", record.asked().streamed());
    put(json, "conversation", record.asked().conversation());
    json.set("candidates", candidates(record.why()));
    strings(json, "labels", record.why().labels());
    json.set("attempts", attempts(request));
    strings(json, "edits", record.answer().edits());
    strings(json, "losses", record.answer().losses());
    ObjectNode timings = json.putObject("timings_us");
    timings.put("decided", micros(record.answer().timings().decided()));
    put(timings, "first_byte", record.answer().timings().firstByte());
    timings.put("done", micros(record.answer().timings().done()));
    Explanation.Versions versions = record.why().versions();
    ObjectNode shown = json.putObject("versions");
    shown.put("catalog", versions.catalog());
    shown.put("route", versions.route());
    shown.put("weights", versions.weights());
    return json;
  }

  private static ArrayNode candidates(Explanation why) {
    ArrayNode list = JSON.arrayNode();
    for (Candidate candidate : why.candidates()) {
      ObjectNode json = list.addObject();
      json.put("model", candidate.model());
      switch (candidate) {
        case Candidate.Excluded excluded -> {
          json.put("state", "excluded");
          json.put("because", excluded.constraint().describe());
        }
        case Candidate.Scored scored -> {
          json.put("state", "scored");
          json.put("quality", scored.quality());
          json.put("uncertainty", scored.uncertainty());
          json.put("basis", lower(scored.basis()));
          json.put("expected_output_tokens", scored.outputTokens());
          json.put("expected_cost_usd", scored.expectedCost().toDecimalString());
          json.put("score_usd", scored.score());
        }
        case Candidate.Unranked unranked -> {
          json.put("state", "unranked");
          json.put("because", "its " + lower(unranked.lacking()) + " is not known");
        }
      }
    }
    return list;
  }

  private static ArrayNode attempts(StoredRequest request) {
    ArrayNode list = JSON.arrayNode();
    for (StoredAttempt attempt : request.attempts()) {
      ObjectNode json = list.addObject();
      json.put("id", attempt.id().toString());
      json.put("model", attempt.model());
      json.put("provider", attempt.provider());
      json.put("state", attempt.state().wireName());
      put(json, "basis", attempt.basis().map(Basis::wireName));
      json.set("usage", usage(attempt.usage()));
      json.put("price", attempt.price().versionName());
      put(json, "tier", attempt.usage().tier().map(ServiceTier::wireName));
      json.set("lines", lines(attempt.cost()));
      strings(json, "unpriced", attempt.cost().unpriced());
      money(json, "cost_usd", attempt.cost().total());
      json.put("held_usd", attempt.held().toDecimalString());
      json.put("reserved_at", attempt.times().reserved().toString());
      put(json, "dispatched_at", attempt.times().dispatched().map(Instant::toString));
      put(json, "ended_at", attempt.times().ended().map(Instant::toString));
      put(json, "note", attempt.note());
    }
    return list;
  }

  private static ObjectNode usage(Usage usage) {
    ObjectNode json = JSON.objectNode();
    for (TokenClass kind : TokenClass.values()) {
      usage.reported(kind).ifPresent(count -> json.put(kind.wireName(), count));
    }
    return json;
  }

  private static ArrayNode lines(Cost cost) {
    ArrayNode list = JSON.arrayNode();
    for (Price.Line line : cost.lines()) {
      ObjectNode json = list.addObject();
      json.put("class", line.kind().wireName());
      json.put("tokens", line.tokens());
      json.put("usd_per_token", new Money(line.picosPerToken()).toDecimalString());
      json.put("usd", line.amount().toDecimalString());
    }
    for (Cost.Agreed agreed : cost.agreed()) {
      ObjectNode json = list.addObject();
      json.put("class", agreed.adjustment().name());
      json.put("parts_per_million", agreed.adjustment().partsPerMillion());
      json.put("usd", agreed.amount().toDecimalString());
    }
    return list;
  }

  private static void strings(ObjectNode json, String name, List<String> values) {
    ArrayNode list = json.putArray(name);
    values.forEach(list::add);
  }

  private static void money(ObjectNode json, String name, Optional<Money> amount) {
    put(json, name, amount.map(Money::toDecimalString));
  }

  private static <T> void put(ObjectNode json, String name, Optional<T> value) {
    if (value.isEmpty()) {
      json.putNull(name);
    } else if (value.get() instanceof Duration duration) {
      json.put(name, micros(duration));
    } else {
      json.put(name, value.get().toString());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
