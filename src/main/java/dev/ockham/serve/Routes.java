package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that can be asked for: method, path, who may call, and who answers. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  /** Who may call. */
  enum Access {
    ANYONE,
    /** Any key; the endpoint asks for it, because its errors speak the client's dialect. */
    DIALECT_KEY,
    /** Any key, and a client's key is shown only its own. */
    KEY,
    ADMIN
  }

  /**
   * A line of the table.
   *
   * @param path ends in {@code /{id}} where the last part of the path is a name
   */
  record Line(
      HttpMethod method, String path, Access access, BiConsumer<Endpoints, Arrival> answer) {}

  private static final String NAME = "/{id}";

  static final List<Line> TABLE =
      List.of(
          post("/v1/chat/completions", Access.DIALECT_KEY, (e, a) -> e.openAiChat().handle(a)),
          post("/v1/messages", Access.DIALECT_KEY, (e, a) -> e.anthropicMessages().handle(a)),
          get("/v1/models", Access.DIALECT_KEY, (e, a) -> e.models().handle(a)),
          get("/api/v1/requests", Access.KEY, (e, a) -> e.api().requests(a)),
          get("/api/v1/requests/stream", Access.KEY, (e, a) -> e.tail().stream(a)),
          get("/api/v1/requests/{id}", Access.KEY, (e, a) -> e.api().request(a)),
          get("/api/v1/summary", Access.ADMIN, (e, a) -> e.api().summary(a)),
          get("/api/v1/openapi.json", Access.ANYONE, (e, a) -> e.pages().openApi(a)),
          get("/", Access.ANYONE, (e, a) -> e.pages().console(a)),
          get("/console.js", Access.ANYONE, (e, a) -> e.pages().script(a)),
          get("/console.css", Access.ANYONE, (e, a) -> e.pages().style(a)),
          get("/live", Access.ANYONE, (e, a) -> e.probes().live(a)),
          get("/ready", Access.ANYONE, (e, a) -> e.probes().ready(a)),
          get("/metrics", Access.ANYONE, (e, a) -> e.probes().metrics(a)));

  private final Loop loop;
  private final Endpoints endpoints;
  private final Map<String, Map<HttpMethod, Line>> exact = new HashMap<>();
  private final Map<String, Map<HttpMethod, Line>> named = new HashMap<>();

  Routes(Loop loop, Endpoints endpoints) {
    this.loop = loop;
    this.endpoints = endpoints;
    for (Line line : TABLE) {
      boolean name = line.path.endsWith(NAME);
      String key = name ? line.path.substring(0, line.path.length() - NAME.length()) : line.path;
      (name ? named : exact).computeIfAbsent(key, k -> new HashMap<>()).put(line.method, line);
    }
  }

  /** The answerers of one loop. */
  record Endpoints(
      ChatEndpoint openAiChat,
      ChatEndpoint anthropicMessages,
      ModelsEndpoint models,
      ApiEndpoint api,
      TailEndpoint tail,
      PageEndpoint pages,
      ProbeEndpoint probes) {}

  void handle(HttpServerRequest http) {
    var gateway = loop.gateway();
    var arrival =
        new Arrival(
            http,
            Objects.requireNonNullElse(http.path(), ""),
            gateway.store().ids().nextRequest(),
            gateway.clock().instant(),
            loop.now(),
            Optional.empty());
    guarded(arrival, () -> dispatch(arrival));
  }

  /** A client is told of a bug, too, wherever it shows. */
  private void guarded(Arrival arrival, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException bug) {
      LOG.error("request {} failed: {}", arrival.id(), Traces.withoutMessages(bug));
      refuse(arrival, Errors.bug());
    }
  }

  private void dispatch(Arrival arrival) {
    HttpServerRequest http = arrival.http();
    String upgrade = http.getHeader(HttpHeaders.UPGRADE);
    if (upgrade != null && upgrade.equalsIgnoreCase("websocket")) {
      refuse(arrival, Errors.noWebSocket());
      return;
    }
    Map<HttpMethod, Line> here = at(arrival.path());
    Line line = here.get(http.method());
    if (line == null && http.method().equals(HttpMethod.HEAD)) {
      line = here.get(HttpMethod.GET);
    }
    if (line == null) {
      refuse(arrival, missing(arrival, here));
    } else {
      admit(arrival, line);
    }
  }

  private void admit(Arrival arrival, Line line) {
    switch (line.access) {
      case ANYONE, DIALECT_KEY -> line.answer.accept(endpoints, arrival);
      case KEY, ADMIN ->
          loop.keys()
              .identify(arrival.http())
              .onSuccess(caller -> {
                if (line.access == Access.ADMIN && caller.role() != Caller.Role.ADMIN) {
                  Problem.tell(arrival, Errors.needsAdmin());
                } else {
                  guarded(arrival, () -> line.answer.accept(endpoints, arrival.by(caller)));
                }
              })
              .onFailure(cause -> Problem.tell(arrival, ((Refusal) cause).error()));
    }
  }

  private Map<HttpMethod, Line> at(String path) {
    Map<HttpMethod, Line> here = exact.get(path);
    if (here != null) {
      return here;
    }
    int slash = path.lastIndexOf('/');
    return slash < 1 || slash == path.length() - 1
        ? Map.of()
        : named.getOrDefault(path.substring(0, slash), Map.of());
  }

  private static ChatError missing(Arrival arrival, Map<HttpMethod, Line> here) {
    String method = arrival.http().method().name();
    String path = HeaderText.clean(arrival.path());
    return here.isEmpty()
        ? Errors.notFound(method, path)
        : Errors.wrongMethod(
            method,
            path,
            here.keySet().stream()
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  /** In the dialect's words below {@code /v1}, in ours elsewhere. */
  private void refuse(Arrival arrival, ChatError error) {
    HttpServerRequest http = arrival.http();
    loop.bodies().discard(http);
    if (arrival.path().startsWith("/v1/")) {
      Wire wire = ModelsEndpoint.wireOf(http);
      new Exchange(arrival, wire, loop.gateway().fleet().get())
          .answer.refuse(Refusal.because(error));
    } else {
      Problem.tell(arrival, error);
    }
  }

  private static Line get(String path, Access access, BiConsumer<Endpoints, Arrival> answer) {
    return new Line(HttpMethod.GET, path, access, answer);
  }

  private static Line post(String path, Access access, BiConsumer<Endpoints, Arrival> answer) {
    return new Line(HttpMethod.POST, path, access, answer);
  }
}
