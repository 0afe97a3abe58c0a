package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does with the routes of a running gateway. */
final class RouteAdministration {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;
  private final GatewayCall gateway;

  RouteAdministration(Environment environment, Terminal terminal, GatewayAccess access) {
    this.terminal = terminal;
    this.gateway = new GatewayCall(environment, terminal, access);
  }

  /** A scope without a colon is a route. */
  int mode(@Nullable String scope, @Nullable String mode, RungOptions options) {
    if (scope == null || mode == null) {
      return gateway.send("GET", "/api/v1/adoption", "", this::showModes);
    }
    Map<String, Object> body = new TreeMap<>(options.given());
    body.put("scope", scope.contains(":") ? scope : "route:" + scope);
    body.put("mode", mode);
    return gateway.send("POST", "/api/v1/adoption", JSON.writeValueAsString(body), this::showModes);
  }

  int publish(String route, Path file, String note) {
    String document;
    try {
      document = Files.readString(file);
    } catch (IOException _) {
      terminal.err().println("ockham: " + file + " (expected: a file that can be read, in UTF-8)");
      return OckhamCommand.FAILED;
    }
    String path = path(route, "versions") + "?note=" + GatewayCall.encoded(note);
    return gateway.send("POST", path, document, this::showInForce);
  }

  int rollBack(
      String route,
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<Integer> number) {
    String body = number.map(n -> "{\"version\":" + n + "}").orElse("{}");
    return gateway.send("POST", path(route, "rollback"), body, this::showInForce);
  }

  int versions(String route) {
    return gateway.send("GET", path(route, "versions"), "", this::showVersions);
  }

  private static String path(String route, String what) {
    return "/api/v1/routes/" + GatewayCall.encoded(route) + "/" + what;
  }

  private void showInForce(JsonNode version) {
    terminal.out().println("in force: " + version.path("name").asString(""));
  }

  private void showVersions(JsonNode all) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("version", "from", "by", "at", "note"));
    int inForce = all.path("in_force").asInt(0);
    for (JsonNode version : all.path("versions")) {
      boolean current = version.path("version").asInt(0) == inForce;
      rows.add(
          List.of(
              version.path("version").asInt(0) + (current ? " (in force)" : ""),
              version.path("origin").asString(""),
              version.path("by").asString(""),
              version.path("at").asString(""),
              version.path("note").asString("")));
    }
    Columns.align(rows).forEach(terminal.out()::println);
  }

  private void showModes(JsonNode adoption) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("scope", "mode", "canary %", "holdout %"));
    adoption
        .path("scopes")
        .forEachEntry((scope, rung) ->
            rows.add(
                List.of(
                    scope,
                    rung.path("mode").asString(""),
                    rung.path("percent").toString(),
                    rung.path("holdout_percent").toString())));
    if (rows.size() == 1) {
      terminal.out().println("nothing is set: who names a route is routed, a model is observed");
      return;
    }
    Columns.align(rows).forEach(terminal.out()::println);
  }
}
