package dev.ockham.serve;

import dev.ockham.config.ConfigProblem;
import dev.ockham.policy.Caller;
import dev.ockham.route.Adoption;
import dev.ockham.route.Adoption.Rung;
import dev.ockham.route.Explanation.Mode;
import dev.ockham.serve.Exchange.Arrival;
import dev.ockham.serve.RoutesInForce.Publication;
import dev.ockham.store.Bypasses.Bypass;
import dev.ockham.store.Change;
import dev.ockham.store.RouteVersions;
import dev.ockham.store.RouteVersions.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator changes about routes while the gateway runs: their versions, how far they may
 * go, and the bypass. For admins; whoever changes something is kept with it.
 */
final class RoutesEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RoutesEndpoint.class);
  private static final Duration LONGEST_BYPASS = Duration.ofHours(24);

  private final AdminCalls calls;
  private final Loop loop;
  private final RoutesInForce routes;

  RoutesEndpoint(Loop loop) {
    this.loop = loop;
    this.routes = loop.routes();
    this.calls = new AdminCalls(loop);
  }

  /** Every route with its version in force. */
  void list(Arrival arrival) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("default", routes.fleet().defaultRoute());
    ArrayNode list = json.putArray("routes");
    new TreeMap<>(routes.fleet().routes())
        .forEach((name, route) -> {
          ObjectNode one = list.addObject();
          one.put("name", name);
          one.put("version", route.version());
          one.put("default", route.fallback());
          ArrayNode candidates = one.putArray("candidates");
          route.candidates().forEach(candidates::add);
        });
    calls.tell(arrival, json);
  }

  /** The versions of a route, newest first. */
  void versions(Arrival arrival) {
    String name = AdminCalls.name(arrival, "/versions");
    RouteVersions kept = loop.gateway().store().routeVersions();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("route", name);
    json.put("in_force", kept.inForce(name).map(Version::number).orElse(0));
    ArrayNode list = json.putArray("versions");
    kept.of(name).reversed().forEach(version -> list.add(json(version)));
    calls.tell(arrival, json);
  }

  /** Puts a new version in force: the body is the route, in YAML or JSON. */
  void publish(Arrival arrival) {
    String name = AdminCalls.name(arrival, "/versions");
    calls.body(
        arrival,
        body -> {
          String note = Optional.ofNullable(arrival.http().getParam("note")).orElse("");
          String text = new String(body, StandardCharsets.UTF_8);
          calls.answer(
              arrival,
              loop.elsewhere(() -> routes.publish(name, text, change(arrival, note)))
                  .compose(publication ->
                      switch (publication) {
                        case Publication.Published(var kept) -> loop.await(kept);
                        case Publication.Refused(var problems) -> throw refused(problems);
                      }),
              RoutesEndpoint::json);
        });
  }

  /** Puts an earlier version in force; the one before where the body names none. */
  void rollBack(Arrival arrival) {
    String name = AdminCalls.name(arrival, "/rollback");
    calls.json(
        arrival,
        body -> {
          Optional<Integer> number =
              body.path("version").isInt()
                  ? Optional.of(body.path("version").asInt())
                  : Optional.empty();
          var change = change(arrival, body.path("note").asString(""));
          calls.answer(
              arrival,
              loop.elsewhere(() -> routes.rollBack(name, number, change))
                  .compose(kept ->
                      loop.await(
                          kept.orElseThrow(() ->
                              AdminCalls.wrong(
                                  "version",
                                  number.map(String::valueOf).orElse("the one before"),
                                  "a version that GET /api/v1/routes/{id}/versions lists")))),
              RoutesEndpoint::json);
        });
  }

  /** How far the routes may go, scope by scope. */
  void adoption(Arrival arrival) {
    calls.tell(arrival, adoption());
  }

  /** Lets the routes go so far in a scope. */
  void adopt(Arrival arrival) {
    calls.json(
        arrival,
        body -> {
          String scope = body.path("scope").asString("");
          if (!scope.matches("(org|unit|team|project|user|agent|key|route|workload):.{1,100}")) {
            throw AdminCalls.wrong(
                "scope", scope, "org:NAME, team:NAME, key:ID, route:NAME or workload:ID");
          }
          if (scope.startsWith("route:")
              && !routes.fleet().routes().containsKey(scope.substring("route:".length()))) {
            throw AdminCalls.wrong(
                "scope", scope, "one of the routes " + routes.fleet().routes().keySet());
          }
          var change = change(arrival, body.path("note").asString(""));
          LOG.info("adoption of {} set to {} by {}", scope, rung(body), change.author());
          calls.answer(
              arrival,
              loop.elsewhere(() -> routes.set(scope, rung(body), change))
                  .compose(loop::await)
                  .map(_ -> adoption()),
              json -> json);
        });
  }

  private static Rung rung(JsonNode body) {
    String word = body.path("mode").asString("");
    for (Mode mode : Mode.values()) {
      if (mode.wireName().equals(word)) {
        int canary = parts(body, "percent");
        if ((mode == Mode.CANARY) != body.has("percent")) {
          throw AdminCalls.wrong(
              "percent", body.path("percent").toString(), "a share where mode is canary, only");
        }
        return new Rung(mode, canary, parts(body, "holdout_percent"));
      }
    }
    throw AdminCalls.wrong("mode", word, "observe, advise, canary or enforce");
  }

  private static int parts(JsonNode body, String name) {
    JsonNode given = body.path(name);
    if (given.isMissingNode()) {
      return 0;
    }
    double percent = given.isNumber() ? given.asDouble() : -1;
    if (percent < 0 || percent > 100) {
      throw AdminCalls.wrong(name, given.toString(), "a number from 0 to 100");
    }
    return (int) Math.round(percent * Adoption.PARTS / 100);
  }

  private ObjectNode adoption() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode scopes = json.putObject("scopes");
    new TreeMap<>(routes.rungs())
        .forEach((scope, rung) -> {
          ObjectNode one = scopes.putObject(scope);
          one.put("mode", rung.mode().wireName());
          one.put("percent", rung.canary() * 100.0 / Adoption.PARTS);
          one.put("holdout_percent", rung.holdout() * 100.0 / Adoption.PARTS);
        });
    json.put("seed", routes.fleet().adoption().seed());
    return json;
  }

  /** Whether the router is broken through, by whom and until when. */
  void bypass(Arrival arrival) {
    calls.tell(arrival, bypassNow());
  }

  /** Breaks through the router for a while. */
  void beginBypass(Arrival arrival) {
    calls.json(
        arrival,
        body -> {
          String reason = body.path("reason").asString("").strip();
          if (reason.isEmpty()) {
            throw AdminCalls.wrong("reason", reason, "why, for whoever reads it later");
          }
          Duration length = Duration.ofSeconds(body.path("seconds").asLong(0));
          if (!length.isPositive() || length.compareTo(LONGEST_BYPASS) > 0) {
            throw AdminCalls.wrong(
                "seconds",
                body.path("seconds").toString(),
                "1 to " + LONGEST_BYPASS.toSeconds() + ", after which it ends by itself");
          }
          var change = change(arrival, reason);
          var bypass = new Bypass(change, change.at().plus(length));
          LOG.warn("router bypassed by {} until {}", change.author(), bypass.until());
          calls.answer(
              arrival,
              loop.await(loop.gateway().store().bypasses().begin(bypass)).map(_ -> bypassNow()),
              json -> json);
        });
  }

  /** Ends the bypass before its time. */
  void endBypass(Arrival arrival) {
    var change = change(arrival, "");
    LOG.warn("bypass ended by {}", change.author());
    calls.answer(
        arrival,
        loop.await(loop.gateway().store().bypasses().end(change)).map(_ -> bypassNow()),
        json -> json);
  }

  private ObjectNode bypassNow() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Optional<Bypass> now = loop.gateway().store().bypasses().at(loop.gateway().clock().instant());
    json.put("active", now.isPresent());
    now.ifPresent(bypass -> {
      json.put("by", bypass.began().author());
      json.put("reason", bypass.began().note());
      json.put("since", bypass.began().at().toString());
      json.put("until", bypass.until().toString());
    });
    return json;
  }

  private Change change(Arrival arrival, String note) {
    Caller caller = arrival.caller().orElseThrow();
    return new Change(
        caller.organisation(), caller.principal(), note, loop.gateway().clock().instant());
  }

  private static ObjectNode json(Version version) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version.number());
    json.put("name", version.label());
    json.put("origin", version.origin() == RouteVersions.Origin.FILE ? "file" : "published");
    json.put("by", version.published().author());
    json.put("note", version.published().note());
    json.put("at", version.published().at().toString());
    json.put("document", version.document());
    return json;
  }

  private static Refusal refused(List<ConfigProblem> problems) {
    return AdminCalls.wrong(
        "route",
        problems.size() + (problems.size() == 1 ? " problem" : " problems"),
        String.join("; ", problems.stream().map(ConfigProblem::toString).toList()));
  }
}
