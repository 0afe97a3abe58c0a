package dev.ockham.cli;

import dev.ockham.config.ConfigSchema;
import dev.ockham.config.Environment;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
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
    var probe = new ProviderProbe(ambient.nanos());
    boolean good = true;
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      var findings = new ArrayList<CompletableFuture<ProviderProbe.Finding>>();
      settings
          .config()
          .providers()
          .forEach((name, provider) -> findings.add(probe.of(client, name, provider)));
      for (CompletableFuture<ProviderProbe.Finding> each : findings) {
        ProviderProbe.Finding finding = each.join();
        good &= finding.good();
        rows.add(finding.row());
      }
    }
    Columns.align(rows).forEach(terminal.out()::println);
    return good ? OckhamCommand.OK : OckhamCommand.FAILED;
  }
}
