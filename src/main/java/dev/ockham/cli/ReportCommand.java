package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows what routes saved or would have saved. */
@Command(
    name = "report",
    description = {
      "Shows what routes saved, and what they would have saved where they only observed.",
      "What was not done is an estimate: the same tokens at the other model's price.",
      "Example: ./ockham report --days 30"
    })
final class ReportCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "The last N days (default ${DEFAULT-VALUE}).")
  private int days;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ReportCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return new GatewayCall(environment, terminal, access)
        .send("GET", "/api/v1/report?days=" + days, "", this::show);
  }

  private void show(JsonNode report) {
    if (json) {
      terminal.out().println(report);
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of("mode", "served by", "requests", "compared", "cost, $", "else, $", "saved, $"));
    for (JsonNode line : report.path("lines")) {
      rows.add(row(line));
    }
    Columns.align(rows).forEach(terminal.out()::println);
    terminal
        .out()
        .println(
            "\"else\" is an estimate: the tokens that were used at the other choice's price. Where the"
                + " baseline served, what would have been saved is in brackets.");
    if (!report.path("complete").asBoolean(true)) {
      terminal.out().println("There were more requests; these are the newest.");
    }
  }

  private static List<String> row(JsonNode line) {
    boolean routed = line.path("serving").asString("").equals("routed");
    var cost = new BigDecimal(line.path("cost_usd").asString("0"));
    var otherwise = new BigDecimal(line.path("otherwise_usd_estimate").asString("0"));
    BigDecimal saved = routed ? otherwise.subtract(cost) : cost.subtract(otherwise);
    String amount = saved.stripTrailingZeros().toPlainString();
    return List.of(
        line.path("mode").asString(""),
        line.path("serving").asString(""),
        line.path("requests").toString(),
        line.path("compared").toString(),
        cost.toPlainString(),
        otherwise.toPlainString(),
        routed ? amount : "(" + amount + ")");
  }
}
