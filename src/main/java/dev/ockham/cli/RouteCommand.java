package dev.ockham.cli;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.config.Environment;
import dev.ockham.config.EnvironmentConfig;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Router;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one decision, calling nobody. */
@Command(
    name = "route",
    description = {
      "Shows which model a prompt would go to, and why; calls nobody.",
      "Example: ./ockham route \"What is the capital of Peru?\""
    })
final class RouteCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Parameters(paramLabel = "PROMPT", description = "What a person would ask.")
  private String prompt = "";

  @Option(
      names = "--route",
      paramLabel = "R",
      defaultValue = "auto",
      description = "A route, or a model (default ${DEFAULT-VALUE}).")
  private String route = "auto";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration to use.")
  private @Nullable Path file;

  RouteCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    Optional<Path> given = Optional.ofNullable(file);
    Environment surroundings = environment;
    boolean example =
        given.isEmpty()
            && EnvironmentConfig.variables().stream()
                .allMatch(name -> environment.variable(name).isEmpty());
    if (example) {
      surroundings = exampleFleet();
      terminal
          .err()
          .println(
              "No provider is configured: this is what an example of OpenAI's and Anthropic's models"
                  + " would do.");
    }
    Optional<Settings> settings = Settings.load(given, surroundings, terminal, ambient.clock());
    if (settings.isEmpty()) {
      return OckhamCommand.FAILED;
    }
    Decision decision =
        new Router().decide(request(), anyone(), Conversation.UNKNOWN, settings.get().fleet());
    if (json) {
      terminal.out().println(DecisionText.json(decision));
    } else {
      DecisionText.table(decision).forEach(terminal.out()::println);
    }
    return switch (decision) {
      case Decision.Chosen _ -> OckhamCommand.OK;
      case Decision.Refused refused -> {
        terminal.err().println("ockham: " + refused.error().message());
        yield OckhamCommand.FAILED;
      }
    };
  }

  private Environment exampleFleet() {
    var variables = new HashMap<>(environment.variables());
    variables.putAll(Map.of("OPENAI_API_KEY", "none", "ANTHROPIC_API_KEY", "none"));
    return new Environment(variables, environment.home(), environment.folder());
  }

  private ChatRequest request() {
    return ChatRequest.asking(
        route, List.of(new Message(Role.USER, List.of(new Part.Text(prompt)))));
  }

  private static Caller anyone() {
    return new Caller("default", "none", "none", Caller.Role.CLIENT, List.of(), Set.of());
  }
}
