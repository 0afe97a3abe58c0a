package dev.ockham.cli;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatRequest;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.config.Environment;
import dev.ockham.config.EnvironmentConfig;
import dev.ockham.learn.Loaded;
import dev.ockham.policy.Caller;
import dev.ockham.route.Decision;
import dev.ockham.route.Fleet;
import dev.ockham.route.Router;
import dev.ockham.route.Scorer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one decision, calling nobody; below it, what an operator does with routes. */
@Command(
    name = "route",
    description = {
      "Shows which model a prompt would go to, and why; calls nobody.",
      "Below it: how far routes may go (mode), and their versions in a running gateway.",
      "Example: ./ockham route \"What is the capital of Peru?\""
    })
final class RouteCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PROMPT", arity = "0..1", description = "What a person would ask.")
  private @Nullable String prompt;

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

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "What models can do, learned with ockham train, instead of the shipped.")
  private Optional<Path> weights = Optional.empty();

  RouteCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    if (prompt == null) {
      throw new ParameterException(
          spec.commandLine(), "a prompt is missing, or one of mode, publish, versions, rollback");
    }
    String asked = prompt;
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
    return switch (Settings.scorer(weights.map(environment.folder()::resolve))) {
      case Loaded.Unusable<Scorer>(String problem) -> {
        terminal.err().println("ockham route: " + problem);
        yield OckhamCommand.FAILED;
      }
      case Loaded.Ready<Scorer>(Scorer scorer) -> decide(asked, settings.get().fleet(scorer));
    };
  }

  private int decide(String asked, Fleet fleet) {
    Decision decision =
        new Router().decide(request(route, asked), anyone(), Conversation.UNKNOWN, fleet);
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

  @Command(
      name = "mode",
      description = {
        "Says how far routes may go in a scope of a running gateway, from the next request on.",
        "Modes: observe, advise, canary (with --percent), enforce. Without one, shows all.",
        "Example: ./ockham route mode auto observe",
        "Example: ./ockham route mode team:claims canary --percent 10"
      })
  int mode(
      @Mixin GatewayAccess access,
      @Parameters(paramLabel = "SCOPE", arity = "0..1", description = "A route, or team:NAME, …")
          @Nullable String scope,
      @Parameters(paramLabel = "MODE", arity = "0..1", description = "How far.")
          @Nullable String mode,
      @Mixin RungOptions options) {
    return new RouteAdministration(environment, terminal, access).mode(scope, mode, options);
  }

  @Command(
      name = "publish",
      description = {
        "Puts a new version of a route in force in a running gateway.",
        "FILE has the keys of one route, in YAML or JSON.",
        "Example: ./ockham route publish auto auto.yaml --note \"cheaper for claims\""
      })
  int publish(
      @Mixin GatewayAccess access,
      @Parameters(paramLabel = "ROUTE", description = "Its name.") String name,
      @Parameters(paramLabel = "FILE", description = "The route.") Path document,
      @Option(names = "--note", defaultValue = "", description = "Why.") String note) {
    return new RouteAdministration(environment, terminal, access)
        .publish(name, environment.folder().resolve(document), note);
  }

  @Command(
      name = "versions",
      description = {
        "Lists the versions of a route in a running gateway.",
        "Example: ./ockham route versions auto"
      })
  int versions(
      @Mixin GatewayAccess access,
      @Parameters(paramLabel = "ROUTE", description = "Its name.") String name) {
    return new RouteAdministration(environment, terminal, access).versions(name);
  }

  @Command(
      name = "rollback",
      description = {
        "Puts an earlier version of a route in force, from the next request on.",
        "Example: ./ockham route rollback auto"
      })
  int rollback(
      @Mixin GatewayAccess access,
      @Parameters(paramLabel = "ROUTE", description = "Its name.") String name,
      @Option(names = "--to", paramLabel = "N", description = "Which (default: the one before).")
          @Nullable Integer number) {
    return new RouteAdministration(environment, terminal, access)
        .rollBack(name, Optional.ofNullable(number));
  }

  private static ChatRequest request(String route, String prompt) {
    return ChatRequest.asking(
        route, List.of(new Message(Role.USER, List.of(new Part.Text(prompt)))));
  }

  private static Caller anyone() {
    return new Caller("default", "none", "none", Caller.Role.CLIENT, List.of(), Set.of());
  }
}
