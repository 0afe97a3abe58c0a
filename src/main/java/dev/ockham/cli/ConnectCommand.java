package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Points a client at the gateway: shows what it would change, asks, changes, tries; can undo. */
@Command(
    name = "connect",
    description = {
      "Points a client here: shows the change, asks, makes it, sends one test call.",
      "Example: ./ockham connect claude-code"
    })
final class ConnectCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;

  @Mixin private GatewayAccess access = new GatewayAccess();

  @Parameters(
      paramLabel = "CLIENT",
      description =
          "claude-code, opencode, codex, gemini-cli, openai-python, openai-node, anthropic-python,"
              + " anthropic-node, google-python, google-node, bedrock or curl.")
  private String client = "";

  @Option(names = "--yes", description = "Change without asking.")
  private boolean yes;

  @Option(names = "--undo", description = "Take back what was changed.")
  private boolean undo;

  ConnectCommand(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Optional<ClientRecipe> recipe = ClientRecipe.of(client);
    if (recipe.isEmpty()) {
      return failed(
          "client \""
              + client
              + "\" (expected: one of "
              + String.join(", ", ClientRecipe.names())
              + ")",
          OckhamCommand.USAGE);
    }
    if (undo) {
      return undo(recipe.get());
    }
    Optional<String> key = access.key(environment);
    if (key.isEmpty()) {
      return failed(
          "no key: give the client key that `./ockham serve` printed at its first start, with --key"
              + " or as OCKHAM_KEY. A new one, while it is stopped: ./ockham key create NAME",
          OckhamCommand.FAILED);
    }
    String url = access.url(environment);
    return switch (recipe.get()) {
      case ClientRecipe.Lines lines -> {
        terminal.out().println("Nothing on disk needs to change. For " + client + ":");
        terminal.out().println();
        lines.text(url).forEach(line -> terminal.out().println("  " + line));
        yield tested(url, key.get());
      }
      case ClientRecipe.JsonFile file -> changed(file, url, key.get());
    };
  }

  private int changed(ClientRecipe.JsonFile recipe, String url, String key) throws IOException {
    var file = new ClientFile(path(recipe));
    ClientFile.Plan plan = file.plan(recipe.settings(url, key));
    return switch (plan) {
      case ClientFile.Plan.Unreadable(String problem) -> failed(problem, OckhamCommand.FAILED);
      case ClientFile.Plan.Unchanged _ -> {
        terminal.out().println(file.path() + " says so already.");
        yield tested(url, key);
      }
      case ClientFile.Plan.Change change -> {
        terminal.out().println(file.path() + " would change:");
        change
            .lines()
            .forEach(line ->
                terminal.out().println("  " + line.replace(key, GatewayAccess.masked(key))));
        if (!yes && !agreed()) {
          terminal.out().println("Nothing was changed. With --yes it is done without asking.");
          yield OckhamCommand.OK;
        }
        file.apply(change);
        terminal
            .out()
            .println(
                "Changed; what was there before is in "
                    + file.backup()
                    + ". Back: ./ockham connect "
                    + client
                    + " --undo");
        yield tested(url, key);
      }
    };
  }

  private int undo(ClientRecipe recipe) throws IOException {
    if (!(recipe instanceof ClientRecipe.JsonFile file)) {
      terminal
          .out()
          .println("Nothing on disk was changed for " + client + "; unset its variables.");
      return OckhamCommand.OK;
    }
    var target = new ClientFile(path(file));
    return switch (target.undo(file.paths())) {
      case ClientFile.Undone.Restored _ -> {
        terminal.out().println(target.path() + " is as it was before.");
        yield OckhamCommand.OK;
      }
      case ClientFile.Undone.TakenOut _ -> {
        terminal
            .out()
            .println(target.path() + " was edited since: only what Ockham had set was taken back.");
        yield OckhamCommand.OK;
      }
      case ClientFile.Undone.Nothing(String why) -> failed(why, OckhamCommand.FAILED);
    };
  }

  private Path path(ClientRecipe.JsonFile recipe) {
    return environment.home().resolve(recipe.relativePath());
  }

  private boolean agreed() throws IOException {
    if (!terminal.interactive()) {
      return false;
    }
    terminal.out().print("Change it? [y/N] ");
    terminal.out().flush();
    String answer = terminal.in().readLine();
    return answer != null
        && List.of("y", "yes").contains(answer.strip().toLowerCase(java.util.Locale.ROOT));
  }

  private int tested(String url, String key) {
    terminal.out().println();
    TestCall.Outcome outcome = TestCall.send(url, key);
    return switch (outcome) {
      case TestCall.Outcome.Answered(String said) -> {
        terminal.out().println("Test call: " + said);
        yield OckhamCommand.OK;
      }
      case TestCall.Outcome.Failed(String problem) ->
          failed("the test call failed: " + problem, OckhamCommand.FAILED);
    };
  }

  private int failed(String problem, int code) {
    terminal.out().flush();
    terminal.err().println("ockham: " + problem);
    return code;
  }
}
