package dev.ockham.cli;

import dev.ockham.config.Assembly;
import dev.ockham.config.CatalogReader;
import dev.ockham.config.Config;
import dev.ockham.config.ConfigOutcome;
import dev.ockham.config.Environment;
import dev.ockham.config.EnvironmentConfig;
import dev.ockham.lab.ColdStart;
import dev.ockham.lab.ColdStart.Sent;
import dev.ockham.lab.ColdStart.Shares;
import dev.ockham.route.Fleet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a route of which nothing was learned. */
@Command(
    name = "cold-start",
    description = {
      "Show where everyday and demanding asks go before anything was learned, beside what their"
          + " length alone would tell; calls nobody."
    },
    footer = {"", "Example: ./ockham lab cold-start --keys OPENAI_API_KEY,ANTHROPIC_API_KEY"})
final class ColdStartCommand implements Callable<Integer> {
  private final Ambient ambient;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--keys",
      split = ",",
      paramLabel = "VARIABLE",
      defaultValue = "OPENAI_API_KEY,ANTHROPIC_API_KEY",
      description = "The variables that turn providers on (default ${DEFAULT-VALUE}).")
  private List<String> keys = List.of();

  @Option(
      names = "--wrong",
      description = "List the asks of the open half that went wrong; nobody looks at the sealed.")
  private boolean wrong;

  ColdStartCommand(Ambient ambient) {
    this.ambient = ambient;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Fleet fleet = fleet();
    out.println("auto: " + String.join(", ", fleet.route(Fleet.AUTO).orElseThrow().candidates()));
    out.println();
    out.println("sent to a small model   demanding   everyday");
    for (String half : List.of("open", "sealed")) {
      List<Sent> sent = new ColdStart(fleet).send(half);
      out.println(half + " half, " + sent.size() + " asks");
      line(out, "  router", ColdStart.shares(sent));
      line(out, "  length, best limit", ColdStart.byLength(sent));
      line(out, "  length, within 5 %", ColdStart.byLengthWithinBar(sent));
      if (wrong && half.equals("open")) {
        sent.stream()
            .filter(each -> each.hard() == each.small())
            .forEach(each ->
                out.println("    " + each.kind() + " → " + each.model() + ": " + head(each)));
      }
    }
    return OckhamCommand.OK;
  }

  private static void line(PrintWriter out, String name, Shares shares) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-22s %8.1f %% %8.1f %%",
            name,
            100 * shares.hard(),
            100 * shares.trivial()));
  }

  private static String head(Sent sent) {
    String line = sent.text().replace('\n', ' ');
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }

  private Fleet fleet() {
    Map<String, String> variables = new HashMap<>();
    keys.forEach(name -> variables.put(name, "none"));
    var nowhere = new Environment(variables, Path.of("/"), Path.of("/"));
    ConfigOutcome outcome = EnvironmentConfig.read(CatalogReader.shipped(), nowhere, List.of());
    if (!(outcome instanceof ConfigOutcome.Read(Config config, var _, var _))) {
      throw new ParameterException(
          spec.commandLine(),
          "--keys %s (expected: some of %s)".formatted(keys, EnvironmentConfig.variables()));
    }
    LocalDate today = LocalDate.ofInstant(ambient.clock().instant(), ZoneOffset.UTC);
    Assembly assembly = Assembly.of(config, CatalogReader.shipped(), today);
    return new Settings(config, CatalogReader.shipped(), assembly, List.of(), Optional.empty())
        .fleet();
  }
}
