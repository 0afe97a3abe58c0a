package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Makes the decision of a past request again and shows it. */
@Command(
    name = "explain",
    description = {
      "Makes the decision of a past request again from what was kept of it, and shows it.",
      "Ends with 1 if it does not come out the same, or if something is missing.",
      "Example: ./ockham explain 019a1f0c-7b1e-7c22-9a51-1c0a4b7d2e11"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Parameters(paramLabel = "REQUEST_ID", description = "From x-ockham-request-id or tail --json.")
  private String id = "";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private boolean same;

  ExplainCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String path = "/api/v1/requests/" + GatewayCall.encoded(id) + "/explanation";
    int code = new GatewayCall(environment, terminal, access).send("GET", path, "", this::show);
    return code == OckhamCommand.OK && !same ? OckhamCommand.FAILED : code;
  }

  private void show(JsonNode answer) {
    JsonNode rebuilt = answer.path("rebuilt");
    same = rebuilt.path("same").asBoolean(false);
    if (json) {
      terminal.out().println(answer);
      return;
    }
    var out = terminal.out();
    out.println(
        "%s → %s   %s, %s"
            .formatted(
                text(answer, "asked"),
                text(answer, "served"),
                text(answer, "mode"),
                text(answer, "serving")));
    out.println(text(answer, "why"));
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("model", "state", "P", "tokens", "cost", "score", "because"));
    for (JsonNode candidate : answer.path("candidates")) {
      rows.add(
          List.of(
              text(candidate, "model"),
              text(candidate, "state"),
              text(candidate, "quality"),
              text(candidate, "expected_output_tokens"),
              text(candidate, "expected_cost_usd"),
              text(candidate, "score_usd"),
              text(candidate, "because")));
    }
    Columns.align(rows).forEach(out::println);
    JsonNode versions = answer.path("versions");
    out.println(
        "catalog %s, route %s, weights %s"
            .formatted(
                text(versions, "catalog"), text(versions, "route"), text(versions, "weights")));
    out.println(same ? "made again: the same" : "made again: not the same" + missing(rebuilt));
  }

  private static String missing(JsonNode rebuilt) {
    var names = new ArrayList<String>();
    rebuilt.path("missing").forEach(name -> names.add(name.asString("")));
    return names.isEmpty() ? "" : ", missing " + String.join(", ", names);
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isMissingNode() || value.isNull() ? "" : value.asString(value.toString());
  }
}
