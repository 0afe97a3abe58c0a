package dev.ockham.cli;

import dev.ockham.config.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "ockham",
    description = "One endpoint in front of every model; never a bigger model than the job needs.",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "ockham COMMAND --help says more of one.",
      "Exit codes: 0 done, 1 could not be done (the reason is on the error stream), 2 not understood."
    })
public final class OckhamCommand implements Runnable {
  /** Done. */
  public static final int OK = 0;

  /** Could not be done; the reason is on the error stream. */
  public static final int FAILED = 1;

  /** Not understood. */
  public static final int USAGE = 2;

  private static final String EXAMPLE = "Example:";

  @Spec private CommandSpec spec = CommandSpec.create();

  private OckhamCommand() {}

  /** The whole command line, ready to execute. */
  public static CommandLine line(Environment environment, Terminal terminal, Ambient ambient) {
    var line = new CommandLine(new OckhamCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.addSubcommand(new ServeCommand(environment, terminal, ambient));
    line.addSubcommand(new DemoCommand(terminal, ambient));
    line.addSubcommand(new TestCommand(terminal));
    line.addSubcommand(new RouteCommand(environment, terminal, ambient));
    line.addSubcommand(new CheckCommand(environment, terminal, ambient));
    line.addSubcommand(new ConnectCommand(environment, terminal));
    line.addSubcommand(new TailCommand(environment, terminal));
    line.addSubcommand(new ExplainCommand(environment, terminal));
    line.addSubcommand(new ReportCommand(environment, terminal));
    line.addSubcommand(new KeyCommand(environment, terminal, ambient));
    line.addSubcommand(new BudgetCommand(environment, terminal, ambient));
    line.addSubcommand(new BypassCommand(environment, terminal));
    line.addSubcommand(new ExportCommand(environment, terminal));
    line.addSubcommand(new XrayCommand(terminal));
    line.addSubcommand(new EvalCommand(terminal, ambient));
    line.addSubcommand(new TrainCommand(terminal));
    line.addSubcommand(
        new CommandLine(new LabCommand()).addSubcommand(new ColdStartCommand(ambient)));
    line.addSubcommand(new CatalogCommand(terminal, ambient));
    line.addSubcommand(new ReconcileCommand(environment, terminal, ambient));
    line.addSubcommand(new RepriceCommand(environment, terminal, ambient));
    line.addSubcommand(new VersionCommand(terminal));
    dress(line);
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, OckhamCommand::commands);
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setParameterExceptionHandler((problem, _) -> misunderstood(problem));
    line.setExecutionExceptionHandler((bug, _, _) -> broken(bug, terminal));
    return line;
  }

  /** Every command and each below it answers --help. */
  private static void dress(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(false);
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec()
          .addOption(
              CommandLine.Model.OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this and exit.")
                  .build());
    }
    line.getSubcommands().values().forEach(OckhamCommand::dress);
  }

  /** Each command with its example. */
  private static String commands(Help help) {
    var rows = new ArrayList<List<String>>();
    for (Map.Entry<String, Help> entry : help.subcommands().entrySet()) {
      CommandSpec command = entry.getValue().commandSpec();
      rows.add(List.of("  " + entry.getKey(), String.join("", first(command.usageMessage()))));
      for (String example : examples(command.usageMessage())) {
        rows.add(List.of("", example));
      }
    }
    return String.join("\n", Columns.align(rows)) + "\n";
  }

  private static List<String> first(UsageMessageSpec usage) {
    return Stream.of(usage.description()).limit(1).toList();
  }

  private static List<String> examples(UsageMessageSpec usage) {
    return Stream.concat(Stream.of(usage.description()), Stream.of(usage.footer()))
        .filter(text -> text.startsWith(EXAMPLE))
        .map(text -> "  " + text.substring(EXAMPLE.length()).strip())
        .toList();
  }

  private static int misunderstood(ParameterException problem) {
    CommandLine line = problem.getCommandLine();
    line.getErr().println("ockham: " + problem.getMessage());
    line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  /** A bug: its message may hold what must not be shown, its place does not. */
  private static int broken(Exception bug, Terminal terminal) {
    terminal.err().println("ockham: this should not have happened: " + bug.getClass().getName());
    Stream.of(bug.getStackTrace()).limit(12).forEach(at -> terminal.err().println("  at " + at));
    terminal.err().println("Please report it with these lines.");
    return FAILED;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
