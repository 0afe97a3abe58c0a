package dev.ockham.serve;

import dev.ockham.chat.Dialect;
import dev.ockham.dialect.ModelEntry;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.route.Fleet;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/** What a key may name as a model, all or one, in the asking client's dialect. */
final class ModelsEndpoint {
  private static final String OWNER = "ockham";
  private static final int MOST = 1000;

  private final Loop loop;

  ModelsEndpoint(Loop loop) {
    this.loop = loop;
  }

  /** {@code GET /v1/models}. */
  void list(Arrival arrival) {
    answer(
        arrival,
        wireOf(arrival.http()),
        (exchange, models) -> page(exchange, models, new Page("limit", "after_id")));
  }

  /** {@code GET /v1beta/models}, as Gemini has it. */
  void geminiList(Arrival arrival) {
    answer(
        arrival,
        Wire.of(Dialect.GEMINI_GENERATE),
        (exchange, models) -> page(exchange, models, new Page("pageSize", "pageToken")));
  }

  /** {@code GET /v1/models/{model}}. */
  void one(Arrival arrival) {
    String name = nameIn(arrival.path(), "/v1/models/");
    answer(arrival, wireOf(arrival.http()), (exchange, models) -> one(exchange, models, name));
  }

  /** {@code GET /v1beta/models/{model}}, as Gemini has it. */
  void geminiOne(Arrival arrival) {
    String name = nameIn(arrival.path(), "/v1beta/models/");
    answer(
        arrival,
        Wire.of(Dialect.GEMINI_GENERATE),
        (exchange, models) -> one(exchange, models, name));
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

  /** The names of the parameters that ask for a page. */
  private record Page(String size, String after) {}

  private void answer(
      Arrival arrival, Wire wire, BiFunction<Exchange, List<ModelEntry>, byte[]> say) {
    var exchange = new Exchange(arrival, wire, loop);
    loop.keys()
        .identify(arrival.http())
        .map(caller -> say.apply(exchange, entries(exchange.fleet, caller)))
        .onSuccess(exchange.answer::tell)
        .onFailure(cause -> exchange.answer.refuse(Recorder.refusal(exchange, cause)));
  }

  private static byte[] page(Exchange exchange, List<ModelEntry> all, Page page) {
    String size = parameter(exchange.http.orElseThrow(), page.size, Integer.toString(MOST));
    if (!size.matches("[1-9][0-9]{0,3}") || Integer.parseInt(size) > MOST) {
      throw Refusal.because(Errors.wrongParameter(page.size, "1 to " + MOST));
    }
    String after = parameter(exchange.http.orElseThrow(), page.after, "");
    int from = after.isEmpty() ? 0 : indexOf(all, after) + 1;
    if (from == 0 && !after.isEmpty()) {
      throw Refusal.because(Errors.wrongParameter(page.after, "what the page before ended with"));
    }
    List<ModelEntry> shown = all.subList(from, Math.min(all.size(), from + Integer.parseInt(size)));
    return exchange.wire.models(shown, from + shown.size() < all.size());
  }

  private static String parameter(HttpServerRequest http, String name, String otherwise) {
    try {
      return Objects.requireNonNullElse(http.getParam(name), otherwise);
    } catch (IllegalArgumentException brokenEscape) {
      throw Refusal.because(
          Errors.wrongParameter("the query", "percent signs followed by two hexadecimal digits"));
    }
  }

  private static byte[] one(Exchange exchange, List<ModelEntry> all, String name) {
    int at = indexOf(all, name);
    if (at < 0) {
      throw Refusal.because(Errors.noSuchModel());
    }
    return exchange.wire.model(all.get(at));
  }

  private static int indexOf(List<ModelEntry> all, String name) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static String nameIn(String path, String before) {
    String encoded = path.substring(before.length());
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return "";
    }
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
