package dev.ockham.cli;

import dev.ockham.config.CatalogReader;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which Ockham this is. */
@Command(
    name = "version",
    description = {"Says which Ockham this is, and its catalog.", "Example: ./ockham version"})
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    terminal.out().println("ockham " + version);
    terminal.out().println("catalog " + CatalogReader.shipped().version());
    terminal.out().println("java " + Runtime.version());
    return OckhamCommand.OK;
  }
}
