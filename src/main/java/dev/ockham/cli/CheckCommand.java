package dev.ockham.cli;

import dev.ockham.config.Config;
import dev.ockham.config.ConfigSchema;
import dev.ockham.config.Environment;
import dev.ockham.provider.Probe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates a configuration and tries each provider. */
@Command(
    name = "check",
    description = {
      "Validates a configuration and tries each provider: reachable, credential, latency.",
      "Example: ./ockham check ockham.yaml"
    })
final class CheckCommand implements Callable<Integer> {
  private final Environment environment;
  private final Terminal terminal;
  private final Ambient ambient;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "The file; without one, what the environment says.")
  private @Nullable Path file;

  @Option(
      names = "--schema",
      description = "Print the JSON schema of the file and do nothing else.")
  private boolean schema;

  @Option(names = "--offline", description = "Validate only; call nobody.")
  private boolean offline;

  CheckCommand(Environment environment, Terminal terminal, Ambient ambient) {
    this.environment = environment;
    this.terminal = terminal;
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    if (schema) {
      terminal.out().print(ConfigSchema.json());
      terminal.out().flush();
      return OckhamCommand.OK;
    }
    Optional<Settings> settings =
        Settings.load(Optional.ofNullable(file), environment, terminal, ambient.clock());
    if (settings.isEmpty()) {
      return OckhamCommand.FAILED;
    }
    settings.get().warnings().forEach(text -> terminal.out().println("warning: " + text));
    terminal
        .out()
        .println(
            "valid: "
                + settings.get().config().providers().size()
                + " providers, "
                + settings.get().config().models().size()
                + " models, routes "
                + String.join(", ", settings.get().config().routes().keySet()));
    return offline ? OckhamCommand.OK : tryAll(settings.get());
  }

  private int tryAll(Settings settings) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("provider", "reachable", "credential", "latency", "what to do"));
    boolean good = true;
    Config config = settings.config();
    try (var asking = new Probe(config.keyring(), ambient.clock(), ambient.nanos())) {
      var probe = new ProviderProbe(asking, config);
      var told = new ArrayList<CompletableFuture<ProviderProbe.Told>>();
      config.providers().forEach((name, provider) -> told.add(probe.of(name, provider)));
      for (CompletableFuture<ProviderProbe.Told> each : told) {
        good &= each.join().good();
        rows.add(each.join().row());
      }
    }
    Columns.align(rows).forEach(terminal.out()::println);
    return good ? OckhamCommand.OK : OckhamCommand.FAILED;
  }
}
