package dev.ockham.cli;

import dev.ockham.config.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "ockham",
    description = "One endpoint in front of every model; never a bigger model than the job needs.")
public final class OckhamCommand implements Runnable {
  /** Done. */
  public static final int OK = 0;

  /** Could not be done; the reason is on the error stream. */
  public static final int FAILED = 1;

  /** Not understood. */
  public static final int USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  private OckhamCommand() {}

  /** The whole command line, ready to execute. */
  public static CommandLine line(Environment environment, Terminal terminal, Ambient ambient) {
    var line = new CommandLine(new OckhamCommand());
    line.addSubcommand(new CatalogCommand(terminal));
    line.addSubcommand(new DemoCommand(terminal, ambient));
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
