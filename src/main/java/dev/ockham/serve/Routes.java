package dev.ockham.serve;

import dev.ockham.chat.ChatError;
import dev.ockham.chat.Dialect;
import dev.ockham.dialect.Wire;
import dev.ockham.policy.Caller;
import dev.ockham.serve.Exchange.Arrival;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
   * @param path as it is, or a {@link PathTemplate}
   */
  record Line(
      HttpMethod method, String path, Access access, BiConsumer<Endpoints, Arrival> answer) {}

  static final List<Line> TABLE =
      List.of(
          chat("/v1/chat/completions", Dialect.OPENAI_CHAT),
          chat("/v1/responses", Dialect.OPENAI_RESPONSES),
          chat("/v1/messages", Dialect.ANTHROPIC_MESSAGES),
          chat("/v1beta/models/{model}:generateContent", Dialect.GEMINI_GENERATE),
          chat("/v1beta/models/{model}:streamGenerateContent", Dialect.GEMINI_GENERATE),
          chat("/model/{model}/converse", Dialect.BEDROCK_CONVERSE),
          chat("/model/{model}/converse-stream", Dialect.BEDROCK_CONVERSE),
          post("/v1/embeddings", Access.DIALECT_KEY, (e, a) -> e.embeddings().handle(a)),
          get("/v1/responses/{id}", Access.DIALECT_KEY, (e, a) -> e.responses().read(a)),
          delete("/v1/responses/{id}", (e, a) -> e.responses().forget(a)),
          get(
              "/v1/responses/{id}/input_items",
              Access.DIALECT_KEY,
              (e, a) -> e.responses().inputItems(a)),
          count("/v1/responses/input_tokens", Dialect.OPENAI_RESPONSES),
          count("/v1/messages/count_tokens", Dialect.ANTHROPIC_MESSAGES),
          count("/v1beta/models/{model}:countTokens", Dialect.GEMINI_GENERATE),
          count("/model/{model}/count-tokens", Dialect.BEDROCK_CONVERSE),
          post("/v1/files", Access.DIALECT_KEY, (e, a) -> e.files().upload(a)),
          get("/v1/files", Access.DIALECT_KEY, (e, a) -> e.files().list(a)),
          get("/v1/files/{id}", Access.DIALECT_KEY, (e, a) -> e.files().one(a)),
          delete("/v1/files/{id}", (e, a) -> e.files().forget(a)),
          get("/v1/files/{id}/content", Access.DIALECT_KEY, (e, a) -> e.files().content(a)),
          post("/v1/batches", Access.DIALECT_KEY, (e, a) -> e.batches().create(a)),
          get("/v1/batches", Access.DIALECT_KEY, (e, a) -> e.batches().list(a)),
          get("/v1/batches/{id}", Access.DIALECT_KEY, (e, a) -> e.batches().one(a)),
          post("/v1/batches/{id}/cancel", Access.DIALECT_KEY, (e, a) -> e.batches().cancel(a)),
          post("/v1/messages/batches", Access.DIALECT_KEY, (e, a) -> e.messages().create(a)),
          get("/v1/messages/batches", Access.DIALECT_KEY, (e, a) -> e.messages().list(a)),
          get("/v1/messages/batches/{id}", Access.DIALECT_KEY, (e, a) -> e.messages().one(a)),
          delete("/v1/messages/batches/{id}", (e, a) -> e.messages().forget(a)),
          get(
              "/v1/messages/batches/{id}/results",
              Access.DIALECT_KEY,
              (e, a) -> e.messages().results(a)),
          post(
              "/v1/messages/batches/{id}/cancel",
              Access.DIALECT_KEY,
              (e, a) -> e.messages().cancel(a)),
          get("/v1/models", Access.DIALECT_KEY, (e, a) -> e.models().list(a)),
          get("/v1/models/{model}", Access.DIALECT_KEY, (e, a) -> e.models().one(a)),
          get("/v1beta/models", Access.DIALECT_KEY, (e, a) -> e.models().geminiList(a)),
          get("/v1beta/models/{model}", Access.DIALECT_KEY, (e, a) -> e.models().geminiOne(a)),
          get("/api/v1/requests", Access.KEY, (e, a) -> e.api().requests(a)),
          get("/api/v1/requests/stream", Access.KEY, (e, a) -> e.tail().stream(a)),
          get("/api/v1/requests/{id}", Access.KEY, (e, a) -> e.api().request(a)),
          get("/api/v1/requests/{id}/explanation", Access.KEY, (e, a) -> e.explain().explain(a)),
          get("/api/v1/summary", Access.ADMIN, (e, a) -> e.api().summary(a)),
          get("/api/v1/charges", Access.ADMIN, (e, a) -> e.charges().charges(a)),
          post("/api/v1/reload", Access.ADMIN, (e, a) -> e.reload().reload(a)),
          get("/api/v1/report", Access.ADMIN, (e, a) -> e.report().report(a)),
          get("/api/v1/routes", Access.ADMIN, (e, a) -> e.routes().list(a)),
          get("/api/v1/routes/{id}/versions", Access.ADMIN, (e, a) -> e.routes().versions(a)),
          post("/api/v1/routes/{id}/versions", Access.ADMIN, (e, a) -> e.routes().publish(a)),
          post("/api/v1/routes/{id}/rollback", Access.ADMIN, (e, a) -> e.routes().rollBack(a)),
          get("/api/v1/adoption", Access.ADMIN, (e, a) -> e.routes().adoption(a)),
          post("/api/v1/adoption", Access.ADMIN, (e, a) -> e.routes().adopt(a)),
          get("/api/v1/bypass", Access.ADMIN, (e, a) -> e.routes().bypass(a)),
          post("/api/v1/bypass", Access.ADMIN, (e, a) -> e.routes().beginBypass(a)),
          new Line(
              HttpMethod.DELETE, "/api/v1/bypass", Access.ADMIN, (e, a) -> e.routes().endBypass(a)),
          get("/api/v1/budgets", Access.ADMIN, (e, a) -> e.budgets().list(a)),
          get("/api/v1/budgets/events", Access.ADMIN, (e, a) -> e.budgets().events(a)),
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
  private final Map<PathTemplate, Map<HttpMethod, Line>> named = new LinkedHashMap<>();

  Routes(Loop loop, Endpoints endpoints) {
    this.loop = loop;
    this.endpoints = endpoints;
    for (Line line : TABLE) {
      Map<HttpMethod, Line> methods =
          PathTemplate.isOne(line.path)
              ? named.computeIfAbsent(PathTemplate.of(line.path), k -> new HashMap<>())
              : exact.computeIfAbsent(line.path, k -> new HashMap<>());
      methods.put(line.method, line);
    }
  }

  /** The answerers of one loop. */
  record Endpoints(
      Map<Dialect, ChatEndpoint> chat,
      Map<Dialect, CountEndpoint> counts,
      ChatEndpoint embeddings,
      BatchesEndpoint batches,
      MessageBatchesEndpoint messages,
      FilesEndpoint files,
      ResponsesEndpoint responses,
      ModelsEndpoint models,
      ApiEndpoint api,
      ChargesEndpoint charges,
      RoutesEndpoint routes,
      BudgetsEndpoint budgets,
      ExplainEndpoint explain,
      ReportEndpoint report,
      TailEndpoint tail,
      ReloadEndpoint reload,
      PageEndpoint pages,
      ProbeEndpoint probes) {}

  void handle(HttpServerRequest http) {
    var gateway = loop.gateway();
    var arrival =
        new Arrival(
            http,
            ClientPath.of(Objects.requireNonNullElse(http.path(), "")),
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
    if (line != null) {
      admit(arrival, line);
    } else if (http.method().equals(HttpMethod.HEAD) && !here.isEmpty()) {
      // a client that only looks whether its address is served
      http.response().putHeader(HttpHeaders.ALLOW, methods(here));
      var _ = http.response().end();
    } else {
      if (!here.isEmpty()) {
        http.response().putHeader(HttpHeaders.ALLOW, methods(here));
      }
      refuse(arrival, missing(arrival, here));
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
    for (Map.Entry<PathTemplate, Map<HttpMethod, Line>> line : named.entrySet()) {
      if (line.getKey().matches(path)) {
        return line.getValue();
      }
    }
    return Map.of();
  }

  private static ChatError missing(Arrival arrival, Map<HttpMethod, Line> here) {
    String method = arrival.http().method().name();
    String path = HeaderText.clean(arrival.path());
    return here.isEmpty()
        ? Errors.notFound(method, path)
        : Errors.wrongMethod(method, path, methods(here));
  }

  private static String methods(Map<HttpMethod, Line> here) {
    return here.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
  }

  /** In the dialect's words below its paths, in ours elsewhere. */
  private void refuse(Arrival arrival, ChatError error) {
    HttpServerRequest http = arrival.http();
    loop.bodies().discard(http);
    Optional<Wire> wire = wireOf(arrival.path(), http);
    if (wire.isPresent()) {
      new Exchange(arrival, wire.get(), loop).answer.refuse(Refusal.because(error));
    } else {
      Problem.tell(arrival, error);
    }
  }

  private static Optional<Wire> wireOf(String path, HttpServerRequest http) {
    if (path.startsWith("/v1beta/")) {
      return Optional.of(Wire.of(Dialect.GEMINI_GENERATE));
    }
    if (path.startsWith("/model/")) {
      return Optional.of(Wire.of(Dialect.BEDROCK_CONVERSE));
    }
    return path.startsWith("/v1/") ? Optional.of(ModelsEndpoint.wireOf(http)) : Optional.empty();
  }

  private static Line chat(String path, Dialect dialect) {
    return post(
        path,
        Access.DIALECT_KEY,
        (e, a) -> Objects.requireNonNull(e.chat().get(dialect)).handle(a));
  }

  private static Line count(String path, Dialect dialect) {
    return post(
        path,
        Access.DIALECT_KEY,
        (e, a) -> Objects.requireNonNull(e.counts().get(dialect)).handle(a));
  }

  private static Line get(String path, Access access, BiConsumer<Endpoints, Arrival> answer) {
    return new Line(HttpMethod.GET, path, access, answer);
  }

  private static Line delete(String path, BiConsumer<Endpoints, Arrival> answer) {
    return new Line(HttpMethod.DELETE, path, Access.DIALECT_KEY, answer);
  }

  private static Line post(String path, Access access, BiConsumer<Endpoints, Arrival> answer) {
    return new Line(HttpMethod.POST, path, access, answer);
  }
}
