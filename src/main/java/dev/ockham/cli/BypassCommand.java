package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Breaks the glass: lets everything that is asked for pass, for a while. */
@Command(
    name = "bypass",
    description = {
      "Lets requests past the router and the budgets for a while; it ends by itself.",
      "What a key may use stays as it is. Who, why and until when is kept.",
      "Example: ./ockham bypass --for 1h --reason \"wrong prices since noon\""
    })
final class BypassCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 30m; 24h at most.")
  private @Nullable String length;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
  private @Nullable String reason;

  @Option(names = "--end", description = "End it now.")
  private boolean end;

  BypassCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var call = new GatewayCall(environment, terminal, access);
    if (end) {
      return call.send("DELETE", "/api/v1/bypass", "", this::show);
    }
    if (length == null && reason == null) {
      return call.send("GET", "/api/v1/bypass", "", this::show);
    }
    if (length == null || reason == null || !length.matches("[0-9]{1,5}[smh]")) {
      throw new ParameterException(
          spec.commandLine(), "--for TIME (such as 30m or 1h) and --reason TEXT go together");
    }
    String body =
        JsonMapper.builder()
            .build()
            .writeValueAsString(Map.of("seconds", seconds(length), "reason", reason));
    return call.send("POST", "/api/v1/bypass", body, this::show);
  }

  private static long seconds(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'h' -> Duration.ofHours(count).toSeconds();
      case 'm' -> Duration.ofMinutes(count).toSeconds();
      default -> count;
    };
  }

  private void show(JsonNode now) {
    terminal
        .out()
        .println(
            now.path("active").asBoolean(false)
                ? "bypassed by %s since %s until %s: %s"
                    .formatted(
                        now.path("by").asString(""),
                        now.path("since").asString(""),
                        now.path("until").asString(""),
                        now.path("reason").asString(""))
                : "not bypassed");
  }
}
