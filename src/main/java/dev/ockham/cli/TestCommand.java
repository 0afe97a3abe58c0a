package dev.ockham.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Listed for the launcher, which runs the tests itself: they need the sources. */
@Command(
    name = "test",
    description = {"Runs all tests with every gate of the build.", "Example: ./ockham test --long"})
final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--long", description = "The long tests too.")
  private boolean longOnes;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal
        .err()
        .println(
            "ockham: tests run from the sources. In a clone: ./ockham test"
                + (longOnes ? " --long" : ""));
    return OckhamCommand.FAILED;
  }
}
